using System.Text.Json;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Host.GraphQL;
using Equaticket.Schema.Execution;
using GraphQL;

namespace Equaticket.Testing;

/// <summary>How <c>/graphql</c> judges a request before it executes anything, for any caller.</summary>
/// <param name="Kind">
/// <c>invalid</c> for an invalid document, <c>refused</c> for invalid variables, otherwise <c>accepted</c>.
/// </param>
/// <param name="Reasons">The errors.</param>
public sealed record DocumentVerdict(string Kind, IReadOnlyList<string> Reasons)
{
    /// <param name="host">The host to ask.</param>
    /// <param name="body">The JSON body of the request.</param>
    public static async Task<DocumentVerdict> OfAsync(TestHost host, string body)
    {
        using var json = JsonDocument.Parse(body);
        var request = GraphQLRequest.Read(json.RootElement);
        try
        {
            var operation = host.Get<DocumentCache>()
                .Get(DocumentText.Of(request.Query!), request.OperationName).Operation;
            return await OfValuesAsync(host, operation, request.Variables);
        }
        catch (InvalidDocumentException fault)
        {
            return new("invalid", [.. fault.Errors.Select(error => InputErrors.ToApiError(error).Message)]);
        }
        catch (ApiError fault)
        {
            return new("invalid", [fault.Message]);
        }
    }

    private static async Task<DocumentVerdict> OfValuesAsync(
        TestHost host, Operation operation, Dictionary<string, object?> variables)
    {
        List<string> reasons = [];
        await host.Get<OperationExecutor>().RefusalOfInputAsync(
            new OperationRequest(
                operation, variables, Caller.Nobody, new PublicUrls("https://tickets.example"), Render),
            CancellationToken.None);
        return new(reasons.Count == 0 ? "accepted" : "refused", reasons);

        Answer Render(ExecutionResult result)
        {
            reasons.AddRange((result.Errors ?? []).Select(error => InputErrors.ToApiError(error).Message));
            return new Answer(400, null, default);
        }
    }
}
