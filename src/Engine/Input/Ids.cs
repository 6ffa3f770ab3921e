using System.Collections;

namespace Equaticket.Engine.Input;

/// <summary>Reads the ids that callers send. <see cref="InputRules"/> does so for every argument and input field.</summary>
public static class Ids
{
    /// <summary>What a malformed id is read as. No row has it, so it is answered like an unknown id.</summary>
    public static readonly Guid Malformed = Guid.Empty;

    public static Guid Read(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Malformed;

    internal static Guid[] ReadAll(IEnumerable texts) =>
        [.. texts.Cast<object>().Select(text => Read(text.ToString()!))];
}
