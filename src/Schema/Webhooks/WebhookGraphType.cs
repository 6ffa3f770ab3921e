using Equaticket.Engine.Nodes;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks;

public sealed class WebhookGraphType : ObjectGraphType<WebhookRow>
{
    public WebhookGraphType()
    {
        Name = "Webhook";
        Description = "An endpoint of yours that receives events, signed by the Standard Webhooks "
            + "scheme.";
        this.RequireScope(Scope.WebhooksRead);
        this.RequireRole(Role.Admin);
        Interface<NodeInterface>();
        IsTypeOf = row => row is WebhookRow;
        AddIdentity();
        AddState();
        AddTimes();
        AddDeliveries();
    }

    private void AddIdentity()
    {
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The unique identifier (UUID), the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data. A webhook receives only events of its own mode.")
            .Resolve(c => c.Source.Webhook.Livemode);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("The URL of the endpoint.")
            .Resolve(c => c.Source.Webhook.Url);
        Field<StringGraphType>("description")
            .Description("The webhook's description.")
            .Resolve(c => c.Source.Webhook.Description);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>>>("events")
            .Description("The event types that are delivered.")
            .Resolve(c => c.Source.Webhook.Events);
        Field<StringGraphType>("secret")
            .Description("The signing secret, `whsec_…`. Returned only when the webhook is created or its "
                + "secret is rotated; null otherwise. It cannot be retrieved later.")
            .Resolve(c => c.Source.Secret);
    }

    private void AddState()
    {
        Field<NonNullGraphType<WireEnumGraphType<WebhookStatus>>>("status")
            .Description("Whether events are delivered.")
            .Resolve(c => c.Source.Webhook.Status);
        Field<StringGraphType>("disabledReason")
            .Description("A human-readable reason why the webhook is disabled; null while it is enabled.")
            .Resolve(c => c.Source.Webhook.DisabledReason);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("The version number. Starts at 1 and increases with each edit and each change of "
                + "status or secret.")
            .Resolve(c => c.Source.Webhook.Version);
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<UtcDateTimeGraphType>>("createdAt")
            .Description("When the webhook was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<UtcDateTimeGraphType>>("updatedAt")
            .Description("When the webhook last changed.")
            .Resolve(c => c.Source.Webhook.UpdatedAt);
    }

    private void AddDeliveries()
    {
        var field = Field<NonNullGraphType<ConnectionGraphType<WebhookDeliveryGraphType, WebhookDelivery>>>(
            "deliveries")
            .Description("Deliveries of the last 30 days, including pending ones, newest first.")
            .Resolve(c => DeliveryLoaders.OfWebhook(c, c.Source.Id));
        field.FieldType.Arguments = new QueryArguments(
        [
            new QueryArgument<WebhookDeliveryFilterGraphType>
            {
                Name = "filter",
                Description = "Which deliveries to return.",
            },
            .. PageArguments.All(),
        ]);
        field.FieldType.RequireScope(Scope.WebhooksRead);
        field.FieldType.RequireRole(Role.Admin);
    }
}

/// <summary>A deleted webhook.</summary>
public sealed record DeletedWebhook(Guid Id);

public sealed class DeletedWebhookGraphType : ObjectGraphType<DeletedWebhook>
{
    public DeletedWebhookGraphType()
    {
        Name = "DeletedWebhook";
        Description = "A deleted webhook. Its id is that of the webhook.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id of the deleted webhook.")
            .Resolve(c => c.Source.Id);
    }
}
