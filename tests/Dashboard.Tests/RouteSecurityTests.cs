using System.Text.RegularExpressions;
using Equaticket.Dashboard.Frame;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Microsoft.AspNetCore.Routing;

namespace Equaticket.Dashboard.Tests;

/// <summary>Rules for every route that acts on behalf of a session. The routes come from the routing table.</summary>
public sealed class RouteSecurityTests : DashboardTest
{
    private const string Nowhere = "01900000-0000-7000-8000-000000000000";

    private IReadOnlyList<string> FormPaths => PathsOf(
        "POST", endpoint => endpoint.Metadata.GetMetadata<DashboardEndpoint>() is not null);

    [Fact]
    public async Task Every_form_requires_its_token()
    {
        using var client = await SignInAsync(Role.Owner);
        Assert.True(FormPaths.Count > 30);
        foreach (var path in FormPaths)
        {
            var answer = await client.SendAsync(DashboardClient.Form(path, [("_run", "X")]));
            Assert.True(answer.Status == 403, $"{path}: {answer.Status}");
            Assert.Contains("no longer valid", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Every_form_rejects_submissions_from_another_site(string header, string value)
    {
        using var client = await SignInAsync(Role.Owner);
        var token = (await client.GetAsync($"{Keys}/new")).FormOf("CreateApiKey");
        foreach (var path in FormPaths)
        {
            var form = DashboardClient.Form(path, token);
            form.Headers.Add(header, value);
            var answer = await client.SendAsync(form);
            Assert.True(answer.Status == 403, $"{path}: {answer.Status}");
            Assert.Contains("Sessions work only", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task The_API_rejects_writes_with_a_session_from_another_site(string method)
    {
        using var client = await SignInAsync(Role.Owner);
        var paths = PathsOf(method, endpoint =>
            endpoint.RoutePattern.RawText!.TrimStart('/') is var path
            && (path.StartsWith("api/settings", StringComparison.Ordinal) || path == "graphql"));
        foreach (var path in paths)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
            request.Headers.Add("GraphQL-Require-Preflight", "1");
            Assert.True((await client.SendAsync(request)).Status == 403, path);
        }

        Assert.True(paths.Count > 0 || method == "PATCH");
    }

    [Fact]
    public async Task A_session_cannot_use_the_API_for_keys()
    {
        using var client = await SignInAsync(Role.Owner);
        foreach (var path in new[] { "/api/v1/events", "/api/v1/orders", "/api/v1/webhooks" })
            Assert.Equal(401, (await client.GetAsync(path)).Status);
    }

    [Fact]
    public async Task No_form_can_change_another_organization()
    {
        var other = await Host.CreateOrganizationAsync();
        using var client = await SignInAsync(Role.Owner, other.Organization);
        var token = (await client.GetAsync($"/dashboard/{other.Slug}/live/settings/developer/api-keys/new"))
            .FormOf("CreateApiKey");
        foreach (var page in Host.Get<PageCatalog>().Pages)
        {
            foreach (var write in page.Writes.Keys)
            {
                var form = DashboardClient.Form(PathOf(page, Nowhere), token, ("_run", write));
                Assert.True((await client.SendAsync(form)).Status == 404, $"{page.Route}: {write}");
            }
        }
    }

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.Admin)]
    [InlineData(Role.EventManager)]
    [InlineData(Role.CheckInOnly)]
    public async Task Every_form_file_and_stream_requires_the_role_of_its_operation(Role role)
    {
        using var client = await SignInAsync(role);
        var caller = Caller.ForSession(Guid.Empty, role, Org.Organization, livemode: true);
        foreach (var page in Host.Get<PageCatalog>().Pages)
        {
            if (Refuses(page.Read))
                continue;
            var path = PathOf(page, Nowhere);
            if (page.Export is { } export && Refuses(export))
                Assert.Equal(403, (await client.GetAsync($"{path}?export=csv")).Status);
            if (page.Tail is { } tail && Refuses(tail))
                Assert.Equal(403, (await client.GetAsync($"{path}?tail=1")).Status);
            if (page.Read.HasPath)
                continue;
            var shown = (await client.GetAsync(path)).Body;
            foreach (var (name, _) in page.Writes.Where(write => Refuses(write.Value.Operation)))
                Assert.DoesNotContain($"value=\"{name}\"", shown, StringComparison.Ordinal);
        }

        bool Refuses(PageOperation operation) =>
            operation.Operation.Refusal(caller, Operation.NoVariables) is not null;
    }

    /// <returns>The paths of the routes that accept a method, with ids that don't exist.</returns>
    private IReadOnlyList<string> PathsOf(string method, Func<RouteEndpoint, bool> isWanted) =>
    [
        .. Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => isWanted(endpoint)
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(endpoint => Regex.Replace(
                $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}"
                    .Replace("{org}", Org.Slug, StringComparison.Ordinal)
                    .Replace("{mode:mode}", "live", StringComparison.Ordinal),
                "{[^}]+}", Nowhere))
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
