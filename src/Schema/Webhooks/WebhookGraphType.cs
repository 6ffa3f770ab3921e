using Equaticket.Engine.Cost;
using Equaticket.Engine.Fields;
using Equaticket.Engine.Paging;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Reading;
using Equaticket.Schema.Webhooks.Deliveries;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks;

public sealed class WebhookGraphType : ObjectGraphType<WebhookRow>
{
    public WebhookGraphType()
    {
        Name = "Webhook";
        Description = "Your endpoint that receives events, signed with the Standard Webhooks "
            + "scheme.";
        this.IsNode(Scope.WebhooksRead, Role.Admin);
        AddIdentity();
        AddState();
        AddTimes();
        AddDeliveries();
    }

    private void AddIdentity()
    {
        this.Leaf("id", "The unique identifier (UUID), the same in every API.", row => row.Id);
        this.Leaf("livemode", "False for test data. A webhook receives only events of its own mode.",
            row => row.Webhook.Livemode);
        this.Leaf("url", "The URL of the endpoint.", row => row.Webhook.Url);
        this.OptionalLeaf("description", "The webhook's description.", row => row.Webhook.Description);
        this.Leaf("events", "The event types that are delivered.", row => row.Webhook.Events);
        this.OptionalLeaf("secret",
            "The signing secret, `whsec_…`. Returned only when the webhook is created or its secret is rotated; "
                + "null otherwise. It cannot be retrieved later.",
            row => row.Secret);
    }

    private void AddState()
    {
        this.Leaf("status", "Whether events are delivered.", row => row.Webhook.Status);
        this.OptionalLeaf("disabledReason",
            "A human-readable reason why the webhook is disabled; null while it is enabled.",
            row => row.Webhook.DisabledReason);
        this.OptionalLeaf("failingSince",
            "Since when every attempt to deliver has failed; null if the last one succeeded.",
            row => row.Webhook.FailingSince);
        this.OptionalLeaf("previousSecretExpiresAt",
            "When the previous secret stops signing messages; null if the secret was never rotated.",
            row => row.Webhook.PreviousSecretExpiresAt);
        this.Leaf("version",
            "The version number. Starts at 1 and increases with each edit and each change of status or secret.",
            row => row.Webhook.Version);
    }

    private void AddTimes()
    {
        this.Leaf("createdAt", "When the webhook was created.", row => row.CreatedAt);
        this.Leaf("updatedAt", "When the webhook last changed.", row => row.Webhook.UpdatedAt);
    }

    private void AddDeliveries()
    {
        var field = Field<NonNullGraphType<ConnectionGraphType<WebhookDeliveryGraphType, WebhookDelivery>>>(
            "deliveries")
            .Description("Deliveries of the last 30 days, including pending ones, newest first.")
            .ResolveBatch(webhook => webhook.Id, c => DeliveryLoaders.OfWebhooks.Pages(
                c, c.GetArgument<WebhookDeliveryFilter?>("filter") ?? new WebhookDeliveryFilter()))
            .ForReaders(Scope.WebhooksRead, Role.Admin);
        field.FieldType.Arguments = new QueryArguments(
        [
            new QueryArgument<WebhookDeliveryFilterGraphType>
            {
                Name = "filter",
                Description = "Which deliveries to return.",
            },
            .. PageArguments.All(),
        ]);
        Field<NonNullGraphType<DeliveryCountsGraphType>>("recentDeliveries")
            .Description("The number of deliveries in the last 24 hours by status.")
            .Resolve(c => DeliveryCounts.OfWebhook(c, c.Source.Id))
            .FieldType.HasCost(10);
    }
}

/// <summary>A deleted webhook.</summary>
public sealed record DeletedWebhook(Guid Id);

public sealed class DeletedWebhookGraphType : ObjectGraphType<DeletedWebhook>
{
    public DeletedWebhookGraphType()
    {
        Name = "DeletedWebhook";
        Description = "A deleted webhook. Its ID is that of the webhook.";
        this.Leaf("id", "The ID of the deleted webhook.", deleted => deleted.Id);
    }
}
