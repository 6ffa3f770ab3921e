using Microsoft.Extensions.Logging;

namespace Equaticket.Schema.Tests.Mutations;

/// <summary>What callers and operators see when the database refuses every write.</summary>
public sealed class DatabaseFaultTests(DatabaseFaultHost shared) : IClassFixture<DatabaseFaultHost>
{
    private const string Said = "made by the test";

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("08006")]
    [InlineData("53100")]
    [InlineData("53200")]
    [InlineData("53300")]
    [InlineData("25006")]
    [InlineData("55P03")]
    [InlineData("57014")]
    [InlineData("58030")]
    public async Task An_outage_is_unavailable_and_logged_once(string state)
    {
        var answer = await CreateEventAsync(state);
        Assert.Equal((503, "unavailable", "5"), (answer.Status, answer.ErrorCode, answer.Header("Retry-After")));
        AssertLoggedOnce();
    }

    [Theory]
    [InlineData("23503")]
    [InlineData("23001")]
    [InlineData("23514")]
    [InlineData("42P01")]
    public async Task A_bug_is_an_internal_error_and_logged_once(string state)
    {
        var answer = await CreateEventAsync(state);
        Assert.Equal((500, "internal_error"), (answer.Status, answer.ErrorCode));
        Assert.Null(answer.Header("Retry-After"));
        AssertLoggedOnce();
    }

    [Fact]
    public async Task A_slug_that_was_not_sent_is_never_reported()
    {
        var answer = await CreateEventAsync("23505");
        Assert.Equal((503, "unavailable", null), (answer.Status, answer.ErrorCode, answer.Param));
        AssertLoggedOnce();
    }

    private async Task<ApiResponse> CreateEventAsync(string state)
    {
        await shared.Host.ExecuteSqlAsync(
            $"""
            CREATE OR REPLACE FUNCTION break_events() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                RAISE EXCEPTION '{Said}' USING ERRCODE = '{state}';
            END $body$;
            CREATE OR REPLACE TRIGGER break_events BEFORE INSERT ON events
                FOR EACH ROW EXECUTE FUNCTION break_events();
            """);
        shared.Log.Lines.Clear();
        var org = await shared.Host.CreateOrganizationAsync();
        return await org.Test.PostAsync("/api/v1/events", Seed.EventBody());
    }

    private void AssertLoggedOnce() => Assert.Single(
        shared.Log.Lines,
        line => line.Level == LogLevel.Error
            && line.Text.StartsWith("Field", StringComparison.Ordinal)
            && line.Text.Contains(Said, StringComparison.Ordinal));
}

/// <summary>A host whose <c>events</c> table refuses every row, with its captured log.</summary>
public sealed class DatabaseFaultHost : IAsyncLifetime
{
    internal LogCapture Log { get; } = new();

    public TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() =>
        Host = await TestHost.StartAsync(configure: builder => builder.Logging.AddProvider(Log));

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
