using System.Text.Json;
using Equaticket.RestFacade.Binding;
using Equaticket.RestFacade.Operations;
using GraphQL.Types;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Equaticket.RestFacade.Tests.Isolation;

/// <summary>Creates a valid request for any route from its template and operation.</summary>
internal sealed class RouteFilling(RestOperation operation, ISchema schema)
{
    private readonly RoutePattern _pattern = RoutePatternFactory.Parse(operation.Route.Template);

    /// <summary>The kinds of ids in the path parameters.</summary>
    public IReadOnlyList<ResourceKind> Kinds =>
        [.. _pattern.Parameters.Select(parameter => KindOf(parameter.Name))];

    /// <summary>The kinds of the ids in filters of a list.</summary>
    public IEnumerable<(string Name, ResourceKind Kind)> Filters =>
        operation.Route.Method == "GET"
            ? IdsOutsideThePath.Select(name => (name, KindOfFilter(name)))
            : [];

    /// <summary>The names of the variables that contain ids, except those in the path.</summary>
    public IEnumerable<string> IdsOutsideThePath =>
        operation.Binder.Variables
            .Where(variable => variable.Source != VariableSource.Path
                && ExampleValues.HoldsId(TypeOf(variable)))
            .Select(variable => variable.Name);

    /// <param name="ids">The values of the parameters, in order.</param>
    public string Path(IReadOnlyList<string> ids)
    {
        var path = operation.Route.Template;
        for (var i = 0; i < ids.Count; i++)
            path = path.Replace($"{{{_pattern.Parameters[i].Name}}}", ids[i], StringComparison.Ordinal);
        return path;
    }

    /// <param name="organizationSlug">The organization, for public routes.</param>
    public string Query(string organizationSlug)
    {
        var pairs = Required(VariableSource.Query).Select(variable =>
            variable.Name == "org_slug"
                ? $"org_slug={organizationSlug}"
                : $"{variable.Name}={ExampleValues.Of(variable.Name, TypeOf(variable))}");
        return string.Join('&', pairs) is { Length: > 0 } query ? $"?{query}" : "";
    }

    /// <param name="ids">The values for ids, by their names in the schema.</param>
    /// <returns>The minimal body that the operation accepts; null if the route takes no body.</returns>
    public Dictionary<string, object>? Body(IReadOnlyDictionary<string, object> ids) =>
        operation.Route.Method is "POST" or "PATCH"
            ? Required(VariableSource.Body).ToDictionary(
                variable => variable.Name,
                variable => InRest(ExampleValues.Of(
                    CamelCase(variable.Name),
                    TypeOf(variable), ids)))
            : null;

    public Dictionary<string, object>? Body() => Body(new Dictionary<string, object>());

    /// <summary>Renames the fields of inputs as in REST.</summary>
    private static object InRest(object value) => value switch
    {
        Dictionary<string, object> members => members.ToDictionary(
            member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Key),
            member => InRest(member.Value)),
        object[] items => items.Select(InRest).ToArray(),
        _ => value,
    };

    private static string CamelCase(string name) =>
        string.Concat(name.Split('_').Select((word, i) =>
            i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private IEnumerable<BoundVariable> Required(VariableSource source) =>
        operation.Binder.Variables.Where(variable => variable.IsRequired && variable.Source == source);

    private IGraphType TypeOf(BoundVariable variable) =>
        operation.Operation.Definition.Variables!.Items
            .Single(definition => definition.Variable.Name.Value == variable.Name)
            .Type.GraphTypeFromType(schema)!;

    private static ResourceKind KindOfFilter(string name) => name switch
    {
        "event_id" => ResourceKind.Event,
        "order_id" => ResourceKind.Order,
        "ticket_type_id" => ResourceKind.TicketType,
        _ => throw new InvalidOperationException($"Teach this test what {name} stands for."),
    };

    /// <summary>The path segment before a parameter determines its kind: <c>events/{id}</c>.</summary>
    private ResourceKind KindOf(string parameter)
    {
        var segments = operation.Route.Template.Split('/');
        var place = Array.IndexOf(segments, $"{{{parameter}}}");
        return $"{segments[place - 1]}/{parameter}" switch
        {
            "events/id" => ResourceKind.Event,
            "events/event_slug" => ResourceKind.EventSlug,
            "orders/id" => ResourceKind.Order,
            "attendees/id" => ResourceKind.Attendee,
            "api-keys/id" => ResourceKind.ApiKey,
            "webhooks/id" => ResourceKind.Webhook,
            "deliveries/delivery_id" => ResourceKind.WebhookDelivery,
            "ticket-types/ticket_type_id" => ResourceKind.TicketType,
            _ => throw new InvalidOperationException(
                $"Teach this test to fill {{{parameter}}} of {operation.Route.Template}."),
        };
    }
}
