using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Forms;

/// <summary>A page whose forms keep what was typed and show what is wrong with it.</summary>
public interface IFormPage
{
    /// <summary>Makes the next post take effect once.</summary>
    string IdempotencyKey { get; }

    /// <summary>What a field shows: what was typed, what the address says, or the given text.</summary>
    /// <param name="run">What the field's form runs; null for a form that filters.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="given">Shown when nothing was typed.</param>
    StringValues ValueOf(string? run, string field, StringValues given);

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    string? FaultOf(string? run, string field);

    /// <summary>Why the person may not send a form; null when they may.</summary>
    string? Refusal(string run);
}

/// <summary>The fields that every form has besides its own.</summary>
internal static class FormFields
{
    public const string Run = "_run";
    public const string Key = "_key";
    public const string Token = "_token";
    public const string Confirm = "_confirm";

    public static bool IsOurs(string field) => field is Run or Key or Token or Confirm;
}

/// <summary>Keys of forms.</summary>
internal static class Ids
{
    public static string Next() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
