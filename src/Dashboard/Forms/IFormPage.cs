using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Forms;

/// <summary>A page whose forms keep the user's input and show its errors.</summary>
public interface IFormPage
{
    /// <summary>The idempotency key of the next POST.</summary>
    string IdempotencyKey { get; }

    /// <summary>A field's value: the submitted one, the one in the query string, or the initial value.</summary>
    /// <param name="run">The mutation of the field's form; null for a filter form.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="given">The initial value.</param>
    StringValues ValueOf(string? run, string field, StringValues given);

    /// <summary>A field's error, or null.</summary>
    string? FaultOf(string? run, string field);

    /// <summary>Why the user may not submit a form; null if they may.</summary>
    string? Refusal(string run);
}

/// <summary>Hidden fields common to all forms.</summary>
internal static class FormFields
{
    public const string Run = "_run";
    public const string Key = "_key";
    public const string Token = "_token";
    public const string Confirm = "_confirm";

    public static bool IsOurs(string field) => field is Run or Key or Token or Confirm;
}

/// <summary>Idempotency keys of forms.</summary>
internal static class Ids
{
    public static string Next() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
