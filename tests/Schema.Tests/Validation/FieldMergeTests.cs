using CsCheck;
using Equaticket.Engine.Documents;
using GraphQL;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQLParser.AST;

namespace Equaticket.Schema.Tests.Validation;

/// <summary>Which fields can share a response name.</summary>
public sealed class FieldMergeTests : ApiTest
{
    private static readonly Gen<string> OfEvent = Gen.OneOf(
        "id", "title", "title: slug", "title: capacity", "id: title", "title: soldOut", "... EventPart",
        "ticketTypes { nodes { id } }", "ticketTypes(first: 1) { nodes { id } }", "__typename",
        "ticketTypes { nodes { id: name } }", "ticketTypes { edges { node { name } } }");

    private static readonly Gen<string> OfOrder = Gen.OneOf(
        "id", "title: orderNumber", "title: totalAmount", "id: currency", "ticketTypes: status", "__typename");

    private static readonly Gen<string> OfNode = Gen.OneOf(
        Gen.OneOf("id", "... NodePart", "__typename"),
        Inside("... on Event", OfEvent), Inside("... on Order", OfOrder),
        Inside("... on Node", Gen.OneOf("id", "id: livemode")));

    private static readonly Gen<string> OfQuery = Gen.OneOf(
        Inside("event(id: 1)", OfEvent), Inside("event(id: 2)", OfEvent), Inside("a: event(id: 1)", OfEvent),
        Inside("node(id: 1)", OfNode), Inside("a: node(id: 1)", OfNode),
        Inside("a: order(id: 1)", OfOrder), Gen.Const("... QueryPart"));

    private static readonly Gen<string> Document = Gen.Select(
        OfQuery.Array[1, 4], OfQuery.Array[1, 2], OfEvent.Array[1, 2], OfNode.Array[1, 2],
        (query, queryPart, eventPart, nodePart) => $$"""
            { {{Text(query)}} ... QueryPart x: event(id: 3) { ... EventPart } y: node(id: 3) { ... NodePart } }
            fragment QueryPart on Query { {{Text(queryPart.Where(field => field != "... QueryPart"))}} __typename }
            fragment EventPart on Event { {{Text(eventPart.Where(field => field != "... EventPart"))}} __typename }
            fragment NodePart on Node { {{Text(nodePart.Where(field => field != "... NodePart"))}} __typename }
            """);

    [Theory]
    [InlineData("{ viewer { mode } viewer { plan } }")]
    [InlineData("{ event(id: 1) { id } event(id: 1) { title } }")]
    [InlineData("{ events(first: 1, after: \"x\") { totalCount } events(after: \"x\", first: 1) { totalCount } }")]
    [InlineData("{ events(filter: { status: DRAFT, slug: \"x\" }) { totalCount } "
        + "events(filter: { slug: \"x\", status: DRAFT }) { nodes { id } } }")]
    [InlineData("mutation ($a: Int!) { simulateOrder(input: { eventId: 1, items: [{ ticketTypeId: 2, quantity: $a }] }) { id } "
        + "simulateOrder(input: { items: [{ quantity: $a, ticketTypeId: 2 }], eventId: 1 }) { id } }")]
    [InlineData("{ node(id: 1) { ... on Event { a: title } ... on Order { a: orderNumber } } }")]
    [InlineData("{ node(id: 1) { ... on Event { a: ticketTypes(first: 1) { nodes { id } } } "
        + "... on Order { a: event { id } } } }")]
    [InlineData("query ($a: ID!) { event(id: $a) { id } event(id: $a) { id } }")]
    public void Fields_that_are_the_same_merge(string document) => Assert.Empty(Find(document));

    [Theory]
    [InlineData("{ viewer { a: mode a: plan } }", "'a', but they are different fields")]
    [InlineData("{ event(id: 1) { id } event(id: 2) { id } }", "'event', but they have different arguments")]
    [InlineData("{ event(id: 1) { id } event { id } }", "'event', but they have different arguments")]
    [InlineData("{ nodes(ids: [1, 2]) { id } nodes(ids: [2, 1]) { id } }", "'nodes', but they have different arguments")]
    [InlineData("{ events(filter: { slug: \"x\" }) { totalCount } events(filter: { slug: \"y\" }) { totalCount } }",
        "'events', but they have different arguments")]
    [InlineData("query ($a: ID!, $b: ID!) { event(id: $a) { id } event(id: $b) { id } }", "'event'")]
    [InlineData("{ event(id: 1) { a: id } ...F } fragment F on Query { event(id: 1) { a: title } }", "'a'")]
    [InlineData("{ node(id: 1) { ... on Event { a: title } ... on Order { a: totalAmount } } }", "have different types")]
    [InlineData("{ node(id: 1) { ... on Event { a: title } ... on Order { a: event { id } } } }", "have different types")]
    [InlineData("{ node(id: 1) { ... on Event { a: id } ... on Node { a: livemode } } }", "'a'")]
    [InlineData("{ node(id: 1) { ... on Event { a: ticketTypes { b: totalCount } } "
        + "... on Order { a: event { b: title } } } }", "'b', but they have different types")]
    public void Fields_that_differ_under_one_name_conflict(string document, string said) =>
        Assert.Contains(said, Assert.Single(Find(document)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_verdict_matches_the_library_for_every_document() => Document.Sample(
        document => Find(document).Any() == Find(document, OverlappingFieldsCanBeMerged.Instance).Any(),
        iter: 5_000);

    [Fact]
    public void Too_many_combinations_of_types_are_refused()
    {
        const int levels = 9;
        string[] types = ["Event", "Order", "Refund", "Attendee"];
        var selection = "id";
        for (var level = 0; level < levels; level++)
        {
            var chain = Enumerable.Range(0, levels - level).Aggregate("id", (below, _) => $"k {{ {below} }}");
            selection = string.Join(' ', types.Select(type => $"... on {type} {{ {chain} }}"))
                + $" ... on Node {{ k {{ {selection} }} }}";
        }

        var error = Assert.Single(Find($"{{ node(id: 1) {{ {selection} }} }}"));
        Assert.Contains("combinations", error.Message, StringComparison.Ordinal);
    }

    private static Gen<string> Inside(string head, Gen<string> fields) =>
        fields.Array[1, 3].Select(below => $"{head} {{ {Text(below)} }}");

    private static string Text(IEnumerable<string> fields) => string.Join(' ', fields);

    private IEnumerable<ExecutionError> Find(string document, IValidationRule? rule = null)
    {
        var parsed = DocumentCheck.Parse(document);
        return new DocumentValidator().ValidateAsync(new ValidationOptions
        {
            Schema = Host.Get<ISchema>(),
            Document = parsed,
            Operation = parsed.Definitions.OfType<GraphQLOperationDefinition>().Single(),
            Rules = [rule ?? new FieldMergeRule()],
            Variables = Inputs.Empty,
            Extensions = Inputs.Empty,
            Metrics = Metrics.None,
            UserContext = new Dictionary<string, object?>(),
        }).GetAwaiter().GetResult().Errors
            .Where(error => error is not (InvalidVariableError or InvalidValueError or InvalidLiteralError));
    }
}
