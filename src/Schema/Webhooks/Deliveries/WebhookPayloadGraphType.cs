using Equaticket.Engine.Errors;
using Equaticket.Engine.Introspection;
using Equaticket.Engine.Scalars;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Equaticket.Schema.Webhooks.Deliveries;

/// <summary>The payload of a delivery, for output only. Its CLR type is <see cref="RawJson"/>.</summary>
public sealed class WebhookPayloadGraphType : ScalarGraphType
{
    public WebhookPayloadGraphType()
    {
        Name = "WebhookPayload";
        Description = "The payload of a webhook event: a JSON object with `id` (`evt_…`), `type`, `created_at` "
            + $"and `data`. The members of `data`, by type: {string.Join("; ", PayloadData.All.Select(Members))}.";
        SpecifiedByDirective.Apply(this, ApiError.DocUrl);
    }

    public override object? ParseLiteral(GraphQLValue value) =>
        throw new NotSupportedException("Payloads are output only.");

    public override object? ParseValue(object? value) =>
        throw new NotSupportedException("Payloads are output only.");

    public override object? Serialize(object? value) => value;

    private static string Members(PayloadData payload) =>
        $"`{payload.Type}`: {string.Join(", ", payload.Members.Select(member => $"`{member.Name}`"))}";
}
