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
        Description = "An endpoint of yours that is told what happens, signed by the Standard Webhooks "
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
            .Description("Its id, a UUID, the same in every API.")
            .Resolve(c => c.Source.Id);
        Field<NonNullGraphType<BooleanGraphType>>("livemode")
            .Description("False for test data. It is told of events of its own mode alone.")
            .Resolve(c => c.Source.Webhook.Livemode);
        Field<NonNullGraphType<StringGraphType>>("url")
            .Description("Where it is reached.")
            .Resolve(c => c.Source.Webhook.Url);
        Field<StringGraphType>("description")
            .Description("What people call it.")
            .Resolve(c => c.Source.Webhook.Description);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>>>("events")
            .Description("What it is told of.")
            .Resolve(c => c.Source.Webhook.Events);
        Field<StringGraphType>("secret")
            .Description("The signing secret, `whsec_…`. Only in the answer to creating it or rotating "
                + "its secret; it cannot be shown again.")
            .Resolve(c => c.Source.Secret);
    }

    private void AddState()
    {
        Field<NonNullGraphType<WireEnumGraphType<WebhookStatus>>>("status")
            .Description("Whether it is told of what happens.")
            .Resolve(c => c.Source.Webhook.Status);
        Field<StringGraphType>("disabledReason")
            .Description("Why it is disabled, in words; null while it is enabled.")
            .Resolve(c => c.Source.Webhook.DisabledReason);
        Field<NonNullGraphType<IntGraphType>>("version")
            .Description("Counts edits and changes of status and secret, from 1.")
            .Resolve(c => c.Source.Webhook.Version);
    }

    private void AddTimes()
    {
        Field<NonNullGraphType<DateTimeGraphType>>("createdAt")
            .Description("When the webhook was created.")
            .Resolve(c => c.Source.CreatedAt);
        Field<NonNullGraphType<DateTimeGraphType>>("updatedAt")
            .Description("When the webhook last changed.")
            .Resolve(c => c.Source.Webhook.UpdatedAt);
    }

    private void AddDeliveries()
    {
        var field = Field<NonNullGraphType<ConnectionGraphType<WebhookDeliveryGraphType, WebhookDelivery>>>(
            "deliveries")
            .Description("What was and is to be delivered to it in the last 30 days, newest first.")
            .Resolve(c => DeliveryLoaders.OfWebhook(c, c.Source.Id));
        field.FieldType.Arguments = new QueryArguments(
        [
            new QueryArgument<WebhookDeliveryFilterGraphType>
            {
                Name = "filter",
                Description = "Which deliveries to list.",
            },
            .. PageArguments.All(),
        ]);
        field.FieldType.RequireScope(Scope.WebhooksRead);
        field.FieldType.RequireRole(Role.Admin);
    }
}

/// <summary>What is left to tell of a webhook that was removed.</summary>
public sealed record DeletedWebhook(Guid Id);

public sealed class DeletedWebhookGraphType : ObjectGraphType<DeletedWebhook>
{
    public DeletedWebhookGraphType()
    {
        Name = "DeletedWebhook";
        Description = "A webhook that was removed. Its id is that of the webhook.";
        Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The id that it had.")
            .Resolve(c => c.Source.Id);
    }
}
