using Equaticket.Engine.Execution;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Validation;

namespace Equaticket.Schema.Execution;

/// <summary>The events that a field of <see cref="Subscription"/> follows.</summary>
/// <param name="types">The event types that trigger a response.</param>
/// <param name="latestOnly">Whether one response covers everything that happened since the previous one.</param>
internal sealed class StreamSource(IEnumerable<WebhookEventType> types, bool latestOnly)
    : ISourceStreamResolver
{
    private const string EventArgument = "eventId";

    /// <summary>The event types as stored in the database.</summary>
    public string[] Types { get; } = [.. types.Select(WireNames<WebhookEventType>.Of)];

    public bool LatestOnly => latestOnly;

    /// <returns>The source of the operation, and the event that it follows.</returns>
    public static (StreamSource Source, Guid EventId) Of(
        ISchema schema, Operation operation, IValidationResult input)
    {
        var field = RootFields.Of(operation.Document, operation.Definition).Single();
        var source = (StreamSource)schema.Subscription!.GetField(field.Name.StringValue)!.StreamResolver!;
        return (source, (Guid)input.ArgumentValues![field][EventArgument].Value!);
    }

    /// <remarks><see cref="SubscriptionExecutor"/> runs the operation for each event instead.</remarks>
    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException("Subscriptions are run by SubscriptionExecutor.");
}

/// <summary>Declares the event types that trigger responses of a field of <see cref="Subscription"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamsAttribute(params WebhookEventType[] types) : GraphQLAttribute
{
    /// <summary>Whether one response covers everything that happened since the previous one.</summary>
    public bool LatestOnly { get; init; }

    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.StreamResolver = new StreamSource(types, LatestOnly);
}
