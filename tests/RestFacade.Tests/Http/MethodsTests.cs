using Equaticket.RestFacade.Routing;

namespace Equaticket.RestFacade.Tests.Http;

public sealed class MethodsTests : ApiTest
{
    [Fact]
    public async Task HEAD_responds_like_GET_without_the_body()
    {
        var id = await Org.Live.CreatePublishedEventAsync("Open");
        foreach (var path in new[]
        {
            "/api/v1/events", $"/api/v1/events/{id}", "/api/v1/events?limit=0",
            $"/api/v1/events/{id}/ticket-types", $"/api/v1/public/events?org_slug={Org.Slug}",
            "/api/v1/events/nonsense", "/api/v1/nowhere",
        })
        {
            var get = await Org.Live.GetAsync(path);
            var head = await Org.Live.SendAsync(HttpMethod.Head, path);
            Assert.Equal("", head.Body);
            Assert.Equal((get.Status, get.ContentType), (head.Status, head.ContentType));
            Assert.Equal(Comparable(get), Comparable(head));
        }
    }

    [Fact]
    public async Task Every_other_method_of_every_path_is_refused_with_the_allowed_methods()
    {
        string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"];
        foreach (var path in RouteTable.Routes.GroupBy(route => route.Template))
        {
            var allowed = path.SelectMany(Allowed).ToHashSet();
            foreach (var method in methods.Except(allowed))
            {
                var response = await Org.Live.SendAsync(
                    new HttpMethod(method), path.Key.Replace("{", "", StringComparison.Ordinal)
                        .Replace("}", "", StringComparison.Ordinal));
                response.AssertStatus(405);
                Assert.Equal(allowed, response.Header("Allow")!.Split(", ").ToHashSet());
            }
        }
    }

    [Fact]
    public async Task Pages_are_read_only()
    {
        Assert.Equal((200, ""), await HeadAsync("/docs/"));
        Assert.Equal((302, ""), await HeadAsync("/docs"));
        var answer = await Org.Live.PostAsync("/docs", new { });
        answer.AssertRefused("method_not_allowed");
        Assert.Equal("GET, HEAD", answer.Header("Allow"));

        async Task<(int, string)> HeadAsync(string path)
        {
            var head = await Org.Live.SendAsync(HttpMethod.Head, path);
            return (head.Status, head.Body);
        }
    }

    private static IEnumerable<string> Allowed(ApiRoute route) =>
    [
        route.Method,
        .. route.Method == "GET" ? ["HEAD"] : Array.Empty<string>(),
        .. route.IsPublic ? ["OPTIONS"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Comparable(ApiResponse response) =>
        response.Headers
            .Where(header => header.Key.ToUpperInvariant() is not
                ("DATE" or "X-REQUEST-ID" or "RATELIMIT-REMAINING" or "RATELIMIT-RESET"))
            .Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal);
}
