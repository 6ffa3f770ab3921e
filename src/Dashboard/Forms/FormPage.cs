using System.Security.Cryptography;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard.Forms;

/// <summary>A page whose forms keep the user's input and show its errors.</summary>
public abstract class FormPage : PageModel
{
    private string? _blamed;

    /// <summary>The error of the submitted form or of a filter.</summary>
    public ApiError? Error { get; protected set; }

    /// <summary>The confirmation of the last form.</summary>
    public string? Done { get; protected set; }

    /// <summary>The submitted form; null for a GET.</summary>
    public string? Posted { get; protected set; }

    /// <summary>The idempotency key of the next POST: a UUID, as the key space that buyers share requires.</summary>
    public string IdempotencyKey { get; } = $"{new Guid(RandomNumberGenerator.GetBytes(16))}";

    /// <summary>A field's value: the submitted one, the one in the query string, or the initial value.</summary>
    /// <param name="run">The mutation of the field's form; null for a filter form.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="given">The initial value.</param>
    public virtual StringValues ValueOf(string? run, string field, StringValues given)
    {
        if (run is not null && run == Posted && Error is not null)
            return Request.Form[field];
        return Request.Query.TryGetValue(field, out var asked) ? asked : given;
    }

    /// <summary>The error as the user reads it; null if there is none.</summary>
    /// <remarks>
    /// In the API, <c>param</c> says what "This must not be blank." refers to; here, the field's label does, which is
    /// known once the field has been rendered.
    /// </remarks>
    public string? Fault => _blamed is not null && Error!.Message.StartsWith("This must ", StringComparison.Ordinal)
        ? $"{_blamed.Split(" (")[0]}{Error.Message["This".Length..]}"
        : Error?.Message;

    /// <summary>A field's error, or null.</summary>
    /// <param name="run">The mutation of the field's form; null for a filter form.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="label">The field's label, to name it in the error.</param>
    public string? FaultOf(string? run, string field, string? label = null)
    {
        if (Error?.Param is not { } blamed || run != Posted
            || (blamed != field && !blamed.StartsWith($"{field}[", StringComparison.Ordinal)))
            return null;
        _blamed = label;
        return Fault;
    }

    /// <summary>Why the user may not submit a form; null if they may.</summary>
    public virtual string? Refusal(string run) => null;

    /// <summary>Submitting the same form with the same fields again counts as the same write.</summary>
    /// <param name="form">The form.</param>
    /// <param name="operation">The mutation that it runs.</param>
    /// <param name="isShared">Whether it runs for a buyer; see <see cref="WriteClaim.ReadKey"/>.</param>
    /// <param name="address">The parts of the URL that identify the form.</param>
    protected static WriteClaim? ClaimOf(
        IFormCollection form, PageOperation operation, bool isShared, params string[] address)
    {
        if (WriteClaim.ReadKey(form[FormFields.Key], isShared) is not { } key)
            return null;
        var fields = form.Where(field => !FormFields.IsOurs(field.Key))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={field.Value}");
        return WriteClaim.Of(key, [.. address, operation.Name, string.Join('\n', fields)]);
    }

    /// <summary>Redirects to another page.</summary>
    protected IActionResult See(string path)
    {
        Response.SeeOther(path);
        return new EmptyResult();
    }
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
