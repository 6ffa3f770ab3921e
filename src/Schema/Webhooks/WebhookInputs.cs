using Equaticket.Engine.Input;
using Equaticket.Persistence.Webhooks;
using Equaticket.Schema.Webhooks.Addresses;
using GraphQL.Types;

namespace Equaticket.Schema.Webhooks;

/// <summary>A new webhook as sent by the caller.</summary>
public sealed record CreateWebhookInput
{
    public required string Url { get; init; }

    public required IReadOnlyList<WebhookEventType> Events { get; init; }

    public string? Description { get; init; }
}

public sealed class CreateWebhookInputGraphType : InputObjectGraphType<CreateWebhookInput>
{
    public CreateWebhookInputGraphType()
    {
        Name = "CreateWebhookInput";
        Description = "A new webhook.";
        this.AddWebhookFields<
            NonNullGraphType<StringGraphType>,
            NonNullGraphType<ListGraphType<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>>>();
    }
}

/// <summary>Changes to a webhook: an absent field keeps its value, null clears it.</summary>
public sealed class UpdateWebhookInput(PatchValues values)
{
    public Optional<string> Url { get; } = values.Required<string>("url");

    public Optional<string> Description { get; } = values.Optional<string>("description");

    public Optional<IReadOnlyList<WebhookEventType>> Events { get; } = ReadEvents(values);

    public Optional<WebhookStatus> Status { get; } = values.Required<WebhookStatus>("status");

    private static Optional<IReadOnlyList<WebhookEventType>> ReadEvents(PatchValues values)
    {
        var given = values.Required<IEnumerable<object?>>("events");
        return new(given.IsSet, given.Value?.Cast<WebhookEventType>().ToList());
    }
}

public sealed class UpdateWebhookInputGraphType : InputObjectGraphType<UpdateWebhookInput>
{
    public UpdateWebhookInputGraphType()
    {
        Name = "UpdateWebhookInput";
        Description = "The changes to a webhook. A field that is left out keeps its value; null clears it.";
        this.AddWebhookFields<
            StringGraphType, ListGraphType<NonNullGraphType<WireEnumGraphType<WebhookEventType>>>>();
        this.Add<WireEnumGraphType<WebhookStatus>>(
            "status",
            "Whether events are delivered. Disabling the webhook marks its pending deliveries as failed; "
            + "they can be redelivered.");
    }

    public override object ParseDictionary(IDictionary<string, object?> value) =>
        new UpdateWebhookInput(new PatchValues(value));
}

/// <summary>The fields, with their limits, shared by the inputs that create and update a webhook.</summary>
internal static class WebhookInputFields
{
    /// <typeparam name="TText">The type of the URL.</typeparam>
    /// <typeparam name="TEvents">The type of the list of event types.</typeparam>
    public static void AddWebhookFields<TText, TEvents>(this IInputObjectGraphType type)
        where TText : IGraphType
        where TEvents : IGraphType
    {
        type.Add<TText>(
                "url",
                "The URL to deliver to: `https://` on port 443 or 1024 and above, with a host that is "
                + "reachable from the internet. International host names are stored as `xn--…`.")
            .HasLength(1, EndpointUrl.MaxLength);
        type.Add<TEvents>(
            "events",
            "The event types to deliver: at least one, without duplicates. A `webhook.ping` is delivered "
            + "whether or not it is listed.")
            .IsSet(min: 1);
        type.Add<StringGraphType>("description", "A description of the webhook.").HasLines(0, 500);
    }
}
