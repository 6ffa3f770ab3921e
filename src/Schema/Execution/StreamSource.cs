using Equaticket.Engine.Execution;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Webhooks;
using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Validation;

namespace Equaticket.Schema.Execution;

/// <summary>What a field of <see cref="Subscription"/> follows.</summary>
/// <param name="types">What makes it answer anew.</param>
/// <param name="latestOnly">Whether one answer stands for all that happened since the one before.</param>
internal sealed class StreamSource(IEnumerable<WebhookEventType> types, bool latestOnly)
    : ISourceStreamResolver
{
    private const string EventArgument = "eventId";

    /// <summary>As the database spells them.</summary>
    public string[] Types { get; } = [.. types.Select(WireNames<WebhookEventType>.Of)];

    public bool LatestOnly => latestOnly;

    /// <returns>What the operation follows, and at which event.</returns>
    public static (StreamSource Source, Guid EventId) Of(
        ISchema schema, Operation operation, IValidationResult input)
    {
        var field = RootFields.Of(operation.Document, operation.Definition).Single();
        var source = (StreamSource)schema.Subscription!.GetField(field.Name.StringValue)!.StreamResolver!;
        return (source, (Guid)input.ArgumentValues![field][EventArgument].Value!);
    }

    /// <remarks><see cref="SubscriptionExecutor"/> runs the operation anew each time instead.</remarks>
    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException("Subscriptions are run by SubscriptionExecutor.");
}

/// <summary>Says what makes a field of <see cref="Subscription"/> answer anew.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamsAttribute(params WebhookEventType[] types) : GraphQLAttribute
{
    /// <summary>Whether one answer stands for all that happened since the one before.</summary>
    public bool LatestOnly { get; init; }

    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.StreamResolver = new StreamSource(types, LatestOnly);
}
