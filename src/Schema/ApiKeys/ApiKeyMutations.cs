using System.ComponentModel;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Team;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Execution;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Mutation
{
    private const int MaxOverlapSeconds = 7 * 24 * 60 * 60;

    [RequiresRole(Role.Owner), OutputType<NonNullGraphType<ApiKeyGraphType>>]
    [Description("Create an API key. The key is shown only in this response. Until the API terms are "
        + "accepted, the error is `api_terms_required`.")]
    public static async Task<ApiKeyRow> CreateApiKey(
        [InputType<NonNullGraphType<CreateApiKeyInputGraphType>>, Description("The new key.")]
        CreateApiKeyInput input,
        [FromOperation] OperationContext operation,
        [FromServices] ApiKeyRegistry registry,
        CancellationToken cancellationToken) =>
        ApiKeyRow.Of(await registry.CreateAsync(
            operation.Database, operation.Caller, input.ToNewKey(), cancellationToken));

    [RequiresRole(Role.Owner), OutputType<NonNullGraphType<ApiKeyGraphType>>]
    [Description("Roll an API key. Creates a key with the same name, mode, and scopes. The old key keeps "
        + "working for the overlap that you choose.")]
    public static async Task<ApiKeyRow> RollApiKey(
        [Id, Description("The ID of the key to replace.")] Guid id,
        [InputRange(0, MaxOverlapSeconds)]
        [Description("How long the old key keeps working, in seconds: at most 7 days. Defaults to 0.")]
        int? overlapSeconds,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] ApiKeyRegistry registry,
        [FromServices] KnownCallers callers,
        CancellationToken cancellationToken)
    {
        write.AfterCommit(() => callers.Forget(id));
        return ApiKeyRow.Of(await registry.RollAsync(
            operation.Database, operation.Caller, id,
            TimeSpan.FromSeconds(overlapSeconds ?? 0), cancellationToken));
    }

    [RequiresRole(Role.Owner), OutputType<NonNullGraphType<ApiKeyGraphType>>]
    [Description("Revoke an API key. Takes effect immediately and cannot be undone. Requests in flight "
        + "fail.")]
    public static async Task<ApiKeyRow> RevokeApiKey(
        [Id, Description("The ID of the key.")] Guid id,
        [FromOperation] OperationContext operation,
        [FromOperation] WriteTransaction write,
        [FromServices] ApiKeyRegistry registry,
        [FromServices] KnownCallers callers,
        CancellationToken cancellationToken)
    {
        // Evicts the key on this host without waiting for the database notification.
        write.AfterCommit(() => callers.Forget(id));
        return new ApiKeyRow(await registry.RevokeAsync(
            operation.Database, operation.Caller, id, cancellationToken));
    }
}
