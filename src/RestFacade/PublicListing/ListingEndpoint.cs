using Equaticket.Http;
using Equaticket.RestFacade.Answers;
using Equaticket.RestFacade.Operations;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Http;

namespace Equaticket.RestFacade.PublicListing;

/// <summary>Runs a route of the public listing. Its responses are the same for everyone, and are cached.</summary>
internal sealed class ListingEndpoint(
    RestOperation operation,
    OperationExecutor executor,
    PublicAddress address,
    ListingMemory memory,
    TimeProvider clock)
{
    private const string Organization = "org_slug";

    private readonly string[] _variables =
        [.. operation.Binder.Variables.Select(variable => variable.Name).Where(name => name != Organization)];

    public async Task HandleAsync(HttpContext http)
    {
        var variables = operation.Binder.Bind(http.Request, body: default);
        var urls = address.For(http.Request);
        var key = new PageKey((string)variables[Organization]!, Rest(urls, variables));
        var page = memory.Find(key) ?? await ReadAsync(http, key, variables, urls);
        if (page.IsForEverybody)
            http.Response.Headers.CacheControl = page.CacheControl(clock.GetUtcNow());
        await http.SendAsync(
            page.IsForEverybody && KnownTags.Contain(http.Request, page.Answer.ETag!)
                ? page.Answer.NotModified()
                : page.Answer);
    }

    /// <summary>The rest of the cache key, independent of the spelling and order of the query string.</summary>
    private string Rest(PublicUrls urls, Dictionary<string, object?> variables)
    {
        var parts = new object?[_variables.Length + 2];
        (parts[0], parts[1]) = (operation.Route.Operation, urls.Base);
        for (var i = 0; i < _variables.Length; i++)
            parts[i + 2] = variables.GetValueOrDefault(_variables[i]);
        return string.Join('\n', parts);
    }

    private Task<ListedPage> ReadAsync(
        HttpContext http, PageKey key, Dictionary<string, object?> variables, PublicUrls urls) =>
        memory.ReadAsync(key, token => ExecuteAsync(http, variables, urls, token), http.RequestAborted);

    private async Task<ListedPage> ExecuteAsync(
        HttpContext http,
        Dictionary<string, object?> variables,
        PublicUrls urls,
        CancellationToken cancellationToken)
    {
        var caller = CallerFeature.Of(http);
        var term = new AnswerTerm();
        var answers = new RestAnswers(operation, http, caller.Livemode);
        var answer = await executor.ExecuteAsync(
            new OperationRequest(operation.Operation, variables, caller, urls, answers.Render) { Term = term },
            cancellationToken);
        return new ListedPage(answer with { Body = answer.Body.ToArray() }, term.End);
    }
}
