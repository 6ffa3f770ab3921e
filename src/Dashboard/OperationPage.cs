using System.Text.RegularExpressions;
using Equaticket.Dashboard.Forms;
using Equaticket.Dashboard.Frame;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Primitives;

namespace Equaticket.Dashboard;

/// <summary>
/// The model of all data pages: a GET runs the page's query, a POST one of its mutations.
/// </summary>
public sealed partial class OperationPage(PageCatalog catalog, PageRunner runner) : FormPage
{
    private readonly Dictionary<string, ResultNode> _parts = [];

    private PageDefinition? _definition;

    public PageDefinition Definition => _definition ??= catalog.Find(PageContext.ActionDescriptor.PageTypeInfo);

    /// <summary>The organization, mode, and user.</summary>
    public FrameOfPage Frame => HttpContext.Features.GetRequiredFeature<FrameOfPage>();

    /// <summary>The result of the page's query.</summary>
    public ResultNode Data { get; private set; }

    /// <summary>The result of the mutation, on pages that show it; otherwise null.</summary>
    public ResultNode Answer { get; private set; }

    /// <summary>The URL that exports the filtered list as a file.</summary>
    public string ExportPath => Request.Path + QueryString
        .Create(Request.Query.Where(filter => filter.Key != "cursor")).Add(CsvExport.Parameter, "csv").Value;

    /// <summary>Whether a filter hides rows of the page's list.</summary>
    public bool IsFiltered => Request.Query.Any(filter =>
        filter.Key != "cursor" && !StringValues.IsNullOrEmpty(filter.Value) && Definition.Read.Has(filter.Key));

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

    /// <summary>Whether the user may run a mutation of any page.</summary>
    public bool May(string run) => catalog.WriteOf(run).Operation
        .Refusal(Frame.Caller, Engine.Execution.Operation.NoVariables) is null;

    public override string? Refusal(string run) => Refusal(run, Engine.Execution.Operation.NoVariables);

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

    private Task<OperationResult> WriteAsync(PageWrite write, IFormCollection form) => TryAsync(() =>
    {
        if (write.Declared.Confirm is { } word && form[FormFields.Confirm] != word)
            throw ApiError.Validation(FormFields.Confirm, $"Type \"{word}\" to confirm.");
        var variables = write.Operation.Bind(RouteData.Values, form);
        var claim = ClaimOf(form, write.Operation, isShared: false, Request.Path.Value!);
        return runner.RunAsync(HttpContext, write.Operation, variables, claim);
    });

    /// <remarks>Invalid filters show their errors at the fields, above the unfiltered list.</remarks>
    private async Task ReadAsync()
    {
        var read = Definition.Read;
        var result = await TryAsync(() =>
            runner.RunAsync(HttpContext, read, read.Bind(RouteData.Values, Request.Query)));
        if (result.Error is { ErrorCode: ErrorCode.ValidationError } fault && Posted is null)
        {
            Error = fault;
            result = await TryAsync(() => runner.RunAsync(HttpContext, read, read.BindPath(RouteData.Values)));
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

    /// <summary>Runs an operation; an invalid value counts as its error.</summary>
    private static async Task<OperationResult> TryAsync(Func<Task<OperationResult>> run)
    {
        try
        {
            return await run();
        }
        catch (ApiError error) when (error.ErrorCode == ErrorCode.ValidationError)
        {
            return new OperationResult(default, error);
        }
    }

    private PageResult Show()
    {
        Frame.Page = Definition;
        Done = Flash.Take(HttpContext) is { } name ? catalog.DoneOf(name) : null;
        if (Error is not null)
            Response.StatusCode = Error.ErrorCode.HttpStatus();
        return Page();
    }

    private IActionResult Redirect(PageWrite write, ResultNode data)
    {
        Flash.Leave(HttpContext, write.Operation.Name);
        return See(write.Declared.Then is { } then
            ? Frame.PathTo(Placeholder().Replace(then, match => Filled(data.Root, match.Groups["name"].Value)))
            : $"{Request.Path}{Request.QueryString}");
    }

    /// <returns>A field of a mutation's result or, if it has no such field, of the page's path.</returns>
    private string Filled(ResultNode result, string name) =>
        result.Json.TryGetProperty(name, out var value) ? $"{value}" : $"{RouteData.Values[name]}";

    [GeneratedRegex("{(?<name>[a-z_]+)}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
