using Equaticket.Persistence.Webhooks;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema.Execution;

/// <summary>Says what makes a field of <see cref="Subscription"/> answer anew.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StreamsAttribute(params WebhookEventType[] types) : GraphQLAttribute
{
    /// <summary>Whether one answer stands for all that happened since the one before.</summary>
    public bool LatestOnly { get; init; }

    public override void Modify(FieldType fieldType, bool isInputType) =>
        fieldType.StreamResolver = new StreamSource(types, LatestOnly);
}
