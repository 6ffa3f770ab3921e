using Equaticket.Persistence.ApiKeys;

namespace Equaticket.Schema.Tests.Access;

/// <summary>
/// Access depends only on what the operation executes, given <c>@skip</c>, <c>@include</c>, and the selection.
/// </summary>
public sealed class ConditionTests : ApiTest
{
    private ApiClient _writer = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _writer = await Org.CreateKeyAsync(livemode: false, Scope.EventsWrite);
    }

    [Theory]
    [InlineData("{ viewer { mode } events @skip(if: true) { totalCount } }")]
    [InlineData("{ viewer { mode } events @include(if: false) { totalCount } }")]
    [InlineData("{ viewer { mode } ... @include(if: false) { events { totalCount } } }")]
    [InlineData("{ viewer { mode } ...F @skip(if: true) } fragment F on Query { events { totalCount } }")]
    [InlineData("query ($no: Boolean! = false) { viewer { mode } events @include(if: $no) { totalCount } }")]
    [InlineData("query ($no: Boolean!) { viewer { mode } events @include(if: $no) { totalCount } }")]
    public async Task Skipped_fields_require_nothing(string query)
    {
        var data = await _writer.DataAsync(query, new { no = false });
        Assert.Equal("TEST", data["viewer"]!["mode"].Text());
        Assert.Null(data["events"]);
    }

    [Theory]
    [InlineData("{ events @skip(if: false) { totalCount } }")]
    [InlineData("{ events @include(if: true) { totalCount } }")]
    [InlineData("query ($yes: Boolean! = true) { events @include(if: $yes) { totalCount } }")]
    [InlineData("query ($given: Boolean! = false) { events @include(if: $given) { totalCount } }")]
    [InlineData("{ events @skip(if: false) @include(if: true) { totalCount } }")]
    [InlineData("{ ...F @skip(if: true) ...F } fragment F on Query { events { totalCount } }")]
    public async Task Included_fields_are_checked(string query) =>
        (await _writer.AskAsync(query, new { given = true })).AssertRefused(403, "forbidden");

    [Fact]
    public async Task Unselected_operations_require_nothing()
    {
        const string query = "query A { viewer { mode } } query B { events { totalCount } }";
        var allowed = await _writer.AskAsync(query, operationName: "A");
        Assert.Equal("TEST", allowed.Data()["viewer"]!["mode"].Text());
        var denied = await _writer.AskAsync(query, operationName: "B");
        denied.AssertRefused(403, "forbidden");
    }

    [Theory]
    [InlineData("{ events { totalCount } }")]
    [InlineData("query ($given: Boolean!) { viewer { mode } events @include(if: $given) { totalCount } }")]
    public async Task A_cached_document_is_checked_for_every_caller(string query)
    {
        var variables = new { given = true };
        (await Org.Test.AskAsync(query, variables)).Data();
        (await _writer.AskAsync(query, variables)).AssertRefused(403, "forbidden");
        (await Host.AskAsync(query, variables)).AssertRefused(401, "unauthorized");
        (await Org.Test.AskAsync(query, variables)).Data();
    }
}
