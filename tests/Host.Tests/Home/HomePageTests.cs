namespace Equaticket.Host.Tests.Home;

/// <summary><c>GET /</c> for browsers and for programs.</summary>
public sealed class HomePageTests : ApiTest
{
    private const string BrowserAccepts =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";

    [Fact]
    public async Task A_browser_is_redirected_to_the_dashboard()
    {
        var answer = await GetAsync("/", BrowserAccepts);
        Assert.Equal((303, "/dashboard", "Accept"), (answer.Status, answer.Header("Location"), answer.Header("Vary")));
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task A_program_gets_the_links_as_JSON(string accept)
    {
        var answer = await GetAsync("/", accept);
        Assert.Equal((200, "application/json"), (answer.Status, answer.ContentType));
        Assert.Equal("/api/v1/openapi.json", (string?)answer.Json!["openapi"]);
        foreach (var (_, link) in answer.Json.AsObject())
            Assert.Contains((await GetAsync((string)link!, BrowserAccepts)).Status, new[] { 200, 303 });
    }

    [Fact]
    public async Task It_is_read_only()
    {
        var post = await ApiResponse.SendAsync(Host.Http, HttpMethod.Post, "/", key: null, body: null);
        Assert.Equal((405, "method_not_allowed"), (post.Status, post.ErrorCode));
        Assert.Equal("GET, HEAD", post.Header("Allow"));
        var head = await ApiResponse.SendAsync(Host.Http, HttpMethod.Head, "/", key: null, body: null);
        Assert.Equal((200, ""), (head.Status, head.Body));
    }

    private Task<ApiResponse> GetAsync(string path, string accept) =>
        ApiResponse.SendAsync(Host.Http, HttpMethod.Get, path, key: null, body: null, ("Accept", accept));
}
