using System.Text;
using System.Text.Json;
using CsCheck;

namespace Equaticket.RestFacade.Tests.HostileInput;

/// <summary>Request bodies, from slightly modified valid ones to random bytes.</summary>
internal static class HostileBody
{
    private static readonly byte[][] Senseless =
    [
        [], [0], [0xff, 0xfe], "\u00ef\u00bb\u00bf{}"u8.ToArray(), [0xed, 0xa0, 0x80],
        "{\"title\":\""u8.ToArray(), Encoding.Unicode.GetBytes("{}"), [(byte)'"', 0xc3, (byte)'"'],
        Nested('[', 5000), Nested('{', 5000), Encoding.ASCII.GetBytes(new string(' ', 262_145)),
        Encoding.ASCII.GetBytes($"{{\"title\":\"{new string('x', 262_000)}\"}}"),
        Encoding.ASCII.GetBytes($"{{\"price\":{new string('9', 100_000)}}}"),
    ];

    /// <param name="example">A valid body.</param>
    /// <param name="names">All fields of the route.</param>
    public static Gen<byte[]?> Of(
        IReadOnlyDictionary<string, object?> example, IReadOnlyList<string> names)
    {
        var valid = example.Select(pair => (pair.Key, Value: JsonSerializer.Serialize(pair.Value)))
            .ToList();
        var name = Gen.Frequency(
            (4, Gen.OneOf([.. names, "metadata", "id"])), (1, HostileText.Any));
        var change = Gen.Select(name, HostileText.Json);
        var mutated = change.Array[1, 3].Select(changes => Write(Replace(valid, changes)));
        var doubled = change.Select(added => Write([.. valid, added]));
        return Gen.Frequency(
            (3, Gen.Const(Write(valid))),
            (6, mutated),
            (2, doubled),
            (1, Gen.Const("{}"u8.ToArray())),
            (1, HostileText.Json.Select(Encoding.UTF8.GetBytes)),
            (1, Gen.OneOf(Senseless)),
            (1, Gen.Byte.Array[0, 64]),
            (1, Flipped(Write(valid)))).Select(bytes => (byte[]?)bytes);
    }

    private static IEnumerable<(string Key, string Value)> Replace(
        IEnumerable<(string Key, string Value)> members, (string Key, string Value)[] changes) =>
        members.Where(member => !Array.Exists(changes, change => change.Key == member.Key))
            .Concat(changes);

    private static byte[] Write(IEnumerable<(string Key, string Value)> members) =>
        Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', members.Select(m => $"{HostileText.Quote(m.Key)}:{m.Value}"))}}}");

    /// <summary>The same bytes with one byte replaced.</summary>
    private static Gen<byte[]> Flipped(byte[] bytes) =>
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, (place, value) =>
        {
            var copy = bytes.ToArray();
            copy[place] = value;
            return copy;
        });

    private static byte[] Nested(char open, int depth) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(
            open == '[' ? "[" : "{\"metadata\":", depth)));
}
