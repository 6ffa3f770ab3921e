using Equaticket.Persistence.ApiKeys;
using Equaticket.SchemaDiff;
using Microsoft.Extensions.Configuration;

namespace Equaticket.Schema.Tests.Federation;

/// <summary>The schema as an Apollo Federation subgraph, which a setting enables.</summary>
public sealed class SubgraphTests : IAsyncLifetime
{
    private const string Entities =
        """
        query ($representations: [_Any!]!) {
          _entities(representations: $representations) {
            __typename ... on Event { id title } ... on TicketType { id name }
          }
        }
        """;

    private TestHost _host = null!;
    private TestOrganization _org = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(configure: builder =>
            builder.Configuration.AddInMemoryCollection([new("GraphQL:Federation", "true")]));
        _org = await _host.CreateOrganizationAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    [Trait("Category", "Tools")]
    public async Task A_gateway_composes_it_with_another_subgraph()
    {
        var sdl = (await _host.AskAsync("{ _service { sdl } }")).Data()["_service"]!["sdl"].Text();
        Assert.DoesNotContain("_entities", sdl, StringComparison.Ordinal);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, sdl);
            var supergraph = await NodeFolder.Federation.RunAsync("compose.mjs", file);
            Assert.Contains("rating: Int @join__field(graph: RATINGS)", supergraph, StringComparison.Ordinal);
            Assert.Contains(
                "@join__type(graph: EQUATICKET, key: \"id\")", supergraph, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Its_SDL_can_be_compared()
    {
        var sdl = (await _host.AskAsync("{ _service { sdl } }")).Data()["_service"]!["sdl"].Text();
        Assert.Empty(SchemaComparison.Compare(sdl, sdl));
        var unlinked = sdl.Replace("import: [\"@key\"]", "import: []", StringComparison.Ordinal);
        Assert.Equal([".@link.import"], SchemaComparison.Compare(sdl, unlinked).Select(change => change.Path));
    }

    [Fact]
    public async Task Entities_are_found_by_type_and_id_in_the_order_of_the_references()
    {
        var id = await _org.Test.CreateEventAsync("Joined");
        var typeId = await _org.Test.CreateTicketTypeAsync(id);
        var answer = await AskAsync(_org.Test, ("TicketType", typeId), ("Event", id));
        var entities = answer.Data()["_entities"]!;
        Assert.Equal(["TicketType", "Event"], entities.Texts("__typename"));
        Assert.Equal("Joined", entities[1]!["title"].Text());
    }

    [Fact]
    public async Task Entities_have_the_same_access_rules_as_nodes()
    {
        var id = await _org.Test.CreateEventAsync();
        var stranger = await _host.CreateOrganizationAsync();
        var without = await _host.CreateKeyAsync(_org.Organization, livemode: false, Scope.OrdersRead);
        await AssertRefusedAsync("not_found", stranger.Test, "Event", id);
        await AssertRefusedAsync("not_found", _org.Live, "Event", id);
        await AssertRefusedAsync("not_found", _org.Test, "Order", id);
        await AssertRefusedAsync("not_found", _org.Test, "Nonsense", id);
        await AssertRefusedAsync("forbidden", without, "Event", id);
        Assert.Equal(401, (await _host.AskAsync(Entities, new { representations = References(("Event", id)) })).Status);
    }

    [Fact]
    public async Task A_reference_without_an_id_is_refused()
    {
        var answer = await _org.Test.AskAsync(
            Entities, new { representations = new object[] { new { __typename = "Event", slug = "x" } } });
        Assert.Equal("representations[0]", (string?)answer.Json!["errors"]![0]!["extensions"]!["param"]);
    }

    private static async Task AssertRefusedAsync(string code, ApiClient caller, string type, string id)
    {
        var answer = await AskAsync(caller, (type, id));
        Assert.Null(answer.Json!["data"]!["_entities"]![0]);
        Assert.Equal(code, (string?)answer.Json["errors"]![0]!["extensions"]!["code"]);
    }

    private static Task<ApiResponse> AskAsync(
        ApiClient caller, params (string Type, string Id)[] references) =>
        caller.AskAsync(Entities, new { representations = References(references) });

    private static object[] References(params (string Type, string Id)[] references) =>
        [.. references.Select(reference => new { __typename = reference.Type, id = reference.Id })];
}
