using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CsCheck;
using Xunit.Abstractions;

namespace Equaticket.Host.Tests.Fuzzing;

/// <summary>Random inputs for everything that parses external text (<see cref="FuzzTargets"/>).</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const ulong SmallSample = 2_000;
    private const int LargeSample = 200_000;

    /// <summary>Far more than any input takes, even on a busy machine.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_input_of_the_corpus_is_read_or_refused(string target) =>
        Assert.All(Corpus.Read(target), text => Try(target, text));

    /// <summary>The same inputs each time.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_mutation_of_a_small_sample_is_read_or_refused(string target)
    {
        var seeds = Corpus.Read(target);
        for (var number = 0UL; number < SmallSample; number++)
            Try(target, Corpus.Mutation(seeds, number));
    }

    /// <summary>The same inputs each time, or as many random ones as <c>FUZZ_INPUTS</c> says.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    [Trait("Category", "Long")]
    public void Every_mutation_of_a_large_sample_is_read_or_refused(string target)
    {
        var seeds = Corpus.Read(target);
        var watch = Stopwatch.StartNew();
        if (Environment.GetEnvironmentVariable("FUZZ_INPUTS") is { } count)
        {
            Gen.ULong.Sample(
                number => Try(target, Corpus.Mutation(seeds, number)),
                iter: long.Parse(count, CultureInfo.InvariantCulture));
        }
        else
        {
            Parallel.For(0, LargeSample, number => Try(target, Corpus.Mutation(seeds, SmallSample + (ulong)number)));
        }

        output.WriteLine($"{target}: {watch.Elapsed.TotalSeconds:F1} s");
    }

    /// <remarks>A failure shows the input as an entry of the corpus.</remarks>
    private static void Try(string target, string text)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            FuzzTargets.All[target](text);
        }
        catch (Exception fault)
        {
            throw new InvalidDataException($"{target}: {JsonSerializer.Serialize(text)}", fault);
        }

        Assert.True(
            Stopwatch.GetElapsedTime(start) < Hang, $"{target} took too long: {JsonSerializer.Serialize(text)}");
    }
}
