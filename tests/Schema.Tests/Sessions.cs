using Equaticket.Engine.Access;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Execution;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQLParser.AST;

namespace Equaticket.Schema.Tests;

/// <summary>Runs operations as a dashboard session, without signing in.</summary>
internal static class Sessions
{
    /// <returns>The code of the first error, or null when there is none.</returns>
    public static async Task<string?> RunAsync(
        TestHost host, Caller caller, string query, Action<ExecutionResult>? read = null)
    {
        var document = DocumentCheck.Parse(query);
        var definition = document.Definitions.OfType<GraphQLOperationDefinition>().Single();
        Assert.Empty(host.Get<DocumentCheck>().Errors(document, definition));
        string? code = null;
        await host.Get<OperationExecutor>().ExecuteAsync(
            new OperationRequest(
                new Operation(document, definition, host.Get<OperationAccess>()),
                [],
                caller,
                new PublicUrls("https://tickets.example"),
                Render),
            CancellationToken.None);
        return code;

        Answer Render(ExecutionResult result)
        {
            code = result.Errors is [var error, ..]
                ? InputErrors.ToApiError(error).ErrorCode.WireName()
                : null;
            read?.Invoke(result);
            return new Answer(200, null, default);
        }
    }
}
