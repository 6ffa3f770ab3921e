using System.Globalization;

namespace Equaticket.Schema.Tests.Hostile;

/// <summary>Documents designed to be expensive.</summary>
public static class HostileDocuments
{
    /// <summary>Each document with the kind of attack.</summary>
    public static TheoryData<string, string> Documents() => new()
    {
        { "deep", Nested("... on Query { ", 60) },
        { "deep lists", $"{{ nodes(ids: {new string('[', 5_000)}{new string(']', 5_000)}) {{ id }} }}" },
        { "deep objects", $"{{ events(filter: {Repeat("{ slug: ", 5_000)}1{Repeat("}", 5_000)}) {{ totalCount }} }}" },
        { "deep type", $"query ($a: {new string('[', 5_000)}Int{new string(']', 5_000)}) {{ __typename }}" },
        { "open braces", new string('{', 200_000) },
        { "wide", $"{{ {Repeat("viewer { mode } ", 1_000)} }}" },
        { "aliased", $"{{ {Numbered("a{0}: viewer {{ mode }} ", 200)} }}" },
        { "fragment cycle", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }" },
        { "fragment of itself", "{ ...A } fragment A on Query { viewer { mode } ...A }" },
        { "fragment bomb", "{ ...F0 ...F0 } " + Numbered("fragment F{0} on Query {{ ...F{1} ...F{1} }} ", 40)
            + "fragment F40 on Query { viewer { mode } }" },
        { "unused fragments", "{ __typename } " + Numbered("fragment F{0} on Query {{ __typename }} ", 200) },
        { "directive flood", $"{{ viewer {Repeat("@skip(if: false) ", 5_000)} {{ mode }} }}" },
        { "directive flood on a variable", $"query ($a: Int {Repeat("@x ", 5_000)}) {{ __typename }}" },
        { "directive flood on an operation", $"query Q {Repeat("@x ", 5_000)} {{ __typename }}" },
        { "overlapping fields", $"{{ {Repeat("events { nodes { id title slug } } ", 690)} }}" },
        { "overlapping arguments", $"{{ {Numbered("event(id: \"{0}\") {{ id }} ", 900)} }}" },
        { "conflicting arguments", $"{{ viewer {{ {Numbered("mode(x{0}: 1) ", 490)} }} }}" },
        { "conflicts below", $"{{ {Numbered("viewer {{ organization {{ id(x: {0}) }} }} ", 330)} }}" },
        { "conflicts of types", $"{{ {Numbered("__type(name: \"a{0}\") {{ name(x: {0}) }} ", 240)} }}" },
        { "unknown fields", $"{{ {Numbered($"{new string('a', 50)}{{0}} ", 990)} }}" },
        { "unknown arguments", $"{{ events({Numbered("firsty{0}: 1 ", 490)}) {{ totalCount }} }}" },
        { "unknown types", Numbered("... on Eventy{0} {{ id }} ", 490).Insert(0, "{ ") + "}" },
        { "unknown directives", $"{{ viewer {Numbered("@skippy{0} ", 49)} {{ mode }} }}" },
        { "unknown enum values", $"{{ {Numbered("a{0}: events(filter: {{ status: X{0} }}) {{ totalCount }} ", 99)} }}" },
        { "variable flood", $"query ({Numbered("$v{0}: Int ", 10_000)}) {{ __typename }}" },
        { "argument flood", $"{{ event({Numbered("a{0}: 1 ", 10_000)}) {{ id }} }}" },
        { "many operations", Numbered("query Q{0} {{ __typename }} ", 2_000) },
        { "broken", "{ events { " },
        { "no operation", "fragment F on Query { __typename }" },
        { "empty", "" },
        { "a type", "type Query { a: Int }" },
        { "unknown field", "{ password }" },
        { "subscription", "subscription { events { totalCount } }" },
        { "fragment cycle of three", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } "
            + "fragment C on Query { viewer { mode } ...A }" },
        { "nested inline fragments", Nested("... on Query { a: viewer { mode } ", 19) + Nested("... { ", 30) },
        { "overlapping fragments", "{ ...F0 } " + Numbered(
            "fragment F{0} on Query {{ ...F{1} events {{ nodes {{ id title }} }} ...F{1} }} ", 12)
            + "fragment F12 on Query { __typename }" },
        { "huge list", $"{{ nodes(ids: [{Repeat("\"x\" ", 10_000)}]) {{ id }} }}" },
        { "huge list in a default", $"query ($ids: [ID!]! = [{Repeat("\"x\" ", 10_000)}]) {{ nodes(ids: $ids) {{ id }} }}" },
        { "huge list in a directive", $"{{ viewer @skip(if: [{Repeat("true ", 30_000)}]) {{ mode }} }}" },
        { "huge object", $"{{ events(filter: {{ {Numbered("a{0}: 1 ", 20_000)} }}) {{ totalCount }} }}" },
        { "wide pages", "{ " + Numbered("a{0}: events(first: 100) {{ nodes {{ ticketTypes(first: 100) {{ nodes {{ id }} }} }} }} ", 90) + "}" },
        { "counts", "{ events(first: 100) { nodes { ticketTypes { " + Numbered("a{0}: totalCount ", 90) + "} } } }" },
        { "long texts", "{ events(first: 100) { nodes { " + Numbered("a{0}: description ", 90) + "} } }" },
        { "introspection bomb", "{ __schema { types { " + Repeat("fields { type { ", 8) + "name "
            + Repeat("} } ", 8) + "} } }" },
        { "introspection bomb of possible types", "{ __schema { types { " + Repeat("possibleTypes { ", 6)
            + "name " + Repeat("} ", 6) + "} } }" },
        { "aliased introspection", "{ " + Numbered("a{0}: __schema {{ types {{ fields {{ args {{ type {{ name }} }} }} }} }} ", 90) + "}" },
        { "raw control character", "{ event(id: \"a\u0007b\") { id } }" },
    };

    /// <summary>Valid documents whose values are refused when they are read.</summary>
    public static TheoryData<string, string> Values() => new()
    {
        { "zero in a literal", "{ event(id: \"a\\u0000b\") { id } }" },
        { "half a pair in a literal", "{ event(id: \"a\\uD83Cb\") { id } }" },
    };

    /// <summary>The most expensive documents within the limits.</summary>
    public static TheoryData<string, string> CostlyDocuments() => new()
    {
        { "equal fields", $"{{ {Repeat("events { nodes { id title slug } } ", 199)} }}" },
        { "equal leaves", $"{{ viewer {{ {Repeat("mode ", 990)} }} }}" },
        { "aliases of one field", $"{{ {Numbered("a{0}: viewer {{ mode }} ", 100)} }}" },
        {
            "equal fragments", "{ events { nodes { ...F } } " + Repeat("...G ", 60)
                + $"}} fragment F on Event {{ {Repeat("id title ", 30)} }} "
                + "fragment G on Query { events { nodes { ...F } } }"
        },
    };

    /// <summary>Harmless documents with hostile variables.</summary>
    public static TheoryData<string, string, string> Variables() => new()
    {
        { "deep", "query ($f: EventFilter) { events(filter: $f) { totalCount } }",
            $"{{\"f\":{Repeat("{\"slug\":", 5_000)}1{Repeat("}", 5_000)}}}" },
        { "huge list", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            $"{{\"ids\":[{Repeat("\"x\",", 50_000)}\"x\"]}}" },
        { "huge list of the wrong type", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
            $"{{\"ids\":[{Repeat("{},", 50_000)}{{}}]}}" },
        { "huge object", "query ($f: EventFilter) { events(filter: $f) { totalCount } }",
            $"{{\"f\":{{{Numbered("\"a{0}\":1,", 15_000)}\"b\":1}}}}" },
        { "long text", "query ($f: EventFilter) { events(filter: $f) { totalCount } }",
            $"{{\"f\":{{\"status\":\"{new string('x', 200_000)}\"}}}}" },
        { "long number", "query ($n: Int) { events(first: $n) { totalCount } }",
            $"{{\"n\":{new string('9', 200_000)}}}" },
    };

    private static string Nested(string open, int times) =>
        $"{{ {Repeat(open, times)} __typename {Repeat("}", times)} }}";

    private static string Repeat(string text, int times) =>
        string.Concat(Enumerable.Repeat(text, times));

    private static string Numbered(string format, int times) =>
        string.Concat(Enumerable.Range(0, times).Select(n => string.Format(
            CultureInfo.InvariantCulture, format, n, n + 1)));
}
