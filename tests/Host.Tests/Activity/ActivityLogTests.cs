using Equaticket.Persistence.Team;

namespace Equaticket.Host.Tests.Activity;

public sealed class ActivityLogTests : ApiTest
{
    [Fact]
    public async Task A_request_is_found_with_one_query()
    {
        const string requestId = "what happened to this";
        await Org.Live.SendAsync(
            HttpMethod.Get, "/api/v1/events/none", null, ("X-Request-Id", requestId));
        var admin = await Org.SignInAsync(Role.Admin);
        ApiResponse? found = null;
        await Poll.UntilAsync(
            async () =>
            {
                found = await admin.GraphQLAsync(
                    """
                    query ($id: String) {
                      apiRequests(filter: { requestId: $id }) {
                        nodes { method path status errorCode apiKeyId }
                      }
                    }
                    """,
                    new { id = requestId });
                return found.Json!["data"]!["apiRequests"]!["nodes"]!.AsArray().Count == 1;
            });

        var request = found!.Json!["data"]!["apiRequests"]!["nodes"]![0]!;
        Assert.Equal("GET", request["method"]!.GetValue<string>());
        Assert.Equal("/api/v1/events/none", request["path"]!.GetValue<string>());
        Assert.Equal(404, request["status"]!.GetValue<int>());
        Assert.Equal("not_found", request["errorCode"]!.GetValue<string>());
        Assert.Equal($"{Org.Live.KeyId}", request["apiKeyId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_key_shows_its_activity_and_when_it_was_last_used()
    {
        await Org.Test.GetAsync("/api/v1/events");
        await Org.Live.GetAsync("/api/v1/events");
        var owner = await Org.SignInAsync(Role.Owner);
        var path = $"/api/settings/api-keys/{Org.Test.KeyId}/activity?status_class=2";
        await Poll.UntilAsync(
            async () => (await owner.GetAsync(path)).Json!["data"]!.AsArray().Count == 1);
        var keys = await owner.GetAsync("/api/settings/api-keys");
        Assert.All(keys.Json!["data"]!.AsArray(), key => Assert.NotNull(key!["last_used_at"]));
    }
}
