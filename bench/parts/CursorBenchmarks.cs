using BenchmarkDotNet.Attributes;
using Equaticket.Engine.Paging;

namespace Equaticket.Parts;

/// <summary>Reads the cursor of a request, and writes that of a response.</summary>
public class CursorBenchmarks
{
    private static readonly Cursor Known = new(
        DateTimeOffset.UnixEpoch.AddDays(20_000), new Guid("0190f3a1-7c00-7000-8000-000000000001"));

    private static readonly string Text = Known.Encode();

    [Benchmark]
    public bool Read() => Cursor.TryDecode(Text, out _);

    [Benchmark]
    public string Write() => Known.Encode();
}
