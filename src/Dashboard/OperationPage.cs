using System.Text.RegularExpressions;
using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard;

/// <summary>
/// The model of all data pages: a GET runs the page's query, a POST one of its mutations.
/// </summary>
public sealed partial class OperationPage(PageCatalog catalog, PageRunner runner) : PageModel, IFormPage
{
    private readonly Dictionary<string, ResultNode> _parts = [];

    private PageDefinition? _definition;

    public PageDefinition Definition => _definition ??= catalog.Find(PageContext.ActionDescriptor.PageTypeInfo);

    /// <summary>The organization, mode and user.</summary>
    public FrameOfPage Frame => HttpContext.Features.GetRequiredFeature<FrameOfPage>();

    /// <summary>The result of the page's query.</summary>
    public ResultNode Data { get; private set; }

    /// <summary>The result of the mutation, on pages that show it; otherwise null.</summary>
    public ResultNode Answer { get; private set; }

    public ApiError? Error { get; private set; }

    /// <summary>The submitted mutation; null for a GET.</summary>
    public string? Posted { get; private set; }

    /// <summary>The idempotency key of the next POST.</summary>
    public string IdempotencyKey { get; } = Ids.Next();

    /// <summary>The URL that exports the filtered list as a file.</summary>
    public string ExportPath => Request.Path + QueryString
        .Create(Request.Query.Where(filter => filter.Key != "cursor")).Add(CsvExport.Parameter, "csv").Value;

    public async Task<IActionResult> OnGetAsync()
    {
        if (Definition.Export is { } export && Request.Query.ContainsKey(CsvExport.Parameter))
            return new CsvExport(runner, export, Definition.Title.ToLowerInvariant().Replace(' ', '-'));
        if (Definition.Tail is { } tail && Request.Query.ContainsKey(LiveTail.Parameter))
            return new LiveTail(runner, tail);
        await ReadAsync();
        return Show();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        if (form[FormFields.Run] is not [{ } name] || !Definition.Writes.TryGetValue(name, out var write))
            throw ApiError.Validation(null, "This page does not support that action.");
        Posted = name;
        var result = await WriteAsync(write, form);
        Error = result.Error;
        if (Error is null && !write.Declared.ShowsAnswer)
            return Redirect(write, result.Data);
        Answer = result.Data;
        await ReadAsync();
        return Show();
    }

    /// <summary>The result of one of the page's additional queries; null if the user may not run it.</summary>
    public ResultNode Part(string operation) => _parts.GetValueOrDefault(operation);

    /// <summary>Why the caller may not run an operation of this page; null if they may.</summary>
    public string? Refusal(string run) => Refusal(run, Engine.Execution.Operation.NoVariables);

    /// <summary>Why the caller may not run an operation with these variables; null if they may.</summary>
    public string? Refusal(string run, IReadOnlyDictionary<string, object?> variables) =>
        Definition.Writes[run].Operation.Operation.Refusal(Frame.Caller, variables)?.Message;

    /// <summary>
    /// The version a form edits: the one it was first shown with, unless that one was refused as stale.
    /// </summary>
    public string VersionFor(string run, ResultNode row) =>
        Posted == run && Error is { ErrorCode: not ErrorCode.PreconditionFailed }
            ? $"{Request.Form["version"]}"
            : row["version"].Json.GetRawText();

    /// <summary>A field's value: the submitted one, the one in the query string, or the initial value.</summary>
    public StringValues ValueOf(string? run, string field, StringValues given)
    {
        if (run is not null && run == Posted && Error is not null)
            return Request.Form[field];
        return Request.Query.TryGetValue(field, out var asked) ? asked : given;
    }

    /// <summary>A field's error, or null.</summary>
    public string? FaultOf(string? run, string field) =>
        Error?.Param is { } blamed && run == Posted
            && (blamed == field || blamed.StartsWith($"{field}[", StringComparison.Ordinal))
            ? Error.Message
            : null;

    private async Task<OperationResult> WriteAsync(PageWrite write, IFormCollection form)
    {
        try
        {
            if (write.Declared.Confirm is { } word && form[FormFields.Confirm] != word)
                throw ApiError.Validation(FormFields.Confirm, $"Type {word} to confirm.");
            var variables = write.Operation.Bind(RouteData.Values, form);
            return await runner.RunAsync(HttpContext, write.Operation, variables, Claim(write, form));
        }
        catch (ApiError error) when (error.ErrorCode == ErrorCode.ValidationError)
        {
            return new OperationResult(default, error);
        }
    }

    /// <summary>Submitting the same form with the same fields again counts as the same write.</summary>
    private WriteClaim? Claim(PageWrite write, IFormCollection form)
    {
        if (WriteClaim.ReadKey(form[FormFields.Key]) is not { } key)
            return null;
        var fields = form.Where(field => !FormFields.IsOurs(field.Key))
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={field.Value}");
        return WriteClaim.Of(key, Request.Path.Value!, write.Operation.Name, string.Join('\n', fields));
    }

    /// <remarks>Invalid filters show their errors at the fields, above the unfiltered list.</remarks>
    private async Task ReadAsync()
    {
        var read = Definition.Read;
        var result = await TryReadAsync(() => read.Bind(RouteData.Values, Request.Query));
        if (result.Error is { ErrorCode: ErrorCode.ValidationError } fault && Posted is null)
        {
            Error = fault;
            result = await TryReadAsync(() => read.BindPath(RouteData.Values));
        }

        if (result.Error is { } refusal)
            throw read.HasPath && refusal.ErrorCode == ErrorCode.ValidationError
                ? ApiError.NotFound("page")
                : refusal;
        Data = result.Data;
        if (read.HasPath && Data.Root.IsNull)
            throw ApiError.NotFound("page");
        foreach (var part in Definition.Parts.Where(part => part.Operation.Refusal(
            Frame.Caller, Engine.Execution.Operation.NoVariables) is null))
        {
            var shown = await runner.RunAsync(HttpContext, part, part.Bind(RouteData.Values, Request.Query));
            _parts.Add(part.Name, shown.Error is { } failure ? throw failure : shown.Data);
        }
    }

    private async Task<OperationResult> TryReadAsync(Func<Dictionary<string, object?>> bind)
    {
        try
        {
            return await runner.RunAsync(HttpContext, Definition.Read, bind());
        }
        catch (ApiError error) when (error.ErrorCode == ErrorCode.ValidationError)
        {
            return new OperationResult(default, error);
        }
    }

    private PageResult Show()
    {
        Frame.Page = Definition;
        Frame.Error = Error;
        Frame.Done = Flash.Take(HttpContext) is { } name ? catalog.DoneOf(name) : null;
        if (Error is not null)
            Response.StatusCode = Error.ErrorCode.HttpStatus();
        return Page();
    }

    private StatusCodeResult Redirect(PageWrite write, ResultNode data)
    {
        Flash.Leave(HttpContext, write.Operation.Name);
        Response.Headers.Location = write.Declared.Then is { } then
            ? Frame.PathTo(Placeholder().Replace(then, match => Filled(data.Root, match.Groups["name"].Value)))
            : $"{Request.Path}{Request.QueryString}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <returns>A field of a mutation's result or, if it has no such field, of the page's path.</returns>
    private string Filled(ResultNode result, string name) =>
        result.Json.TryGetProperty(name, out var value) ? $"{value}" : $"{RouteData.Values[name]}";

    [GeneratedRegex("{(?<name>[a-z_]+)}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
