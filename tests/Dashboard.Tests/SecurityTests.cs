using Equaticket.Dashboard.Frame;
using Equaticket.Dashboard.Operations;
using Equaticket.Engine.Execution;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;

namespace Equaticket.Dashboard.Tests;

/// <summary>Security rules for every page, including future ones.</summary>
public sealed class SecurityTests : DashboardTest
{
    private const string Nowhere = "01900000-0000-7000-8000-000000000000";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private IEnumerable<PageDefinition> Pages => Host.Get<PageCatalog>().Pages;

    [Fact]
    public async Task Every_page_redirects_to_sign_in_and_back()
    {
        using var nobody = new DashboardClient(Host.Address);
        string[] paths = [.. Pages.Select(page => PathOf(page, Nowhere)), "/dashboard", "/dashboard/account"];
        foreach (var path in paths)
        {
            var answer = await nobody.GetAsync(path);
            Assert.Equal(
                (303, $"/dashboard/sign-in?return={Uri.EscapeDataString(path)}"), (answer.Status, answer.Location));
            AssertHeaders(answer);
        }
    }

    [Theory]
    [InlineData(Role.Owner)]
    [InlineData(Role.Admin)]
    [InlineData(Role.EventManager)]
    [InlineData(Role.CheckInOnly)]
    public async Task Every_page_requires_the_role_of_its_operation(Role role)
    {
        using var client = await SignInAsync(role);
        var caller = Caller.ForSession(Guid.Empty, role, Org.Organization, livemode: true);
        foreach (var page in Pages)
        {
            var answer = await client.GetAsync(PathOf(page, Nowhere));
            var refusal = page.Read.Operation.Refusal(caller, Operation.NoVariables);
            int[] expected = refusal is not null ? [403] : page.Read.HasPath ? [404, 403] : [200];
            Assert.True(expected.Contains(answer.Status), $"{page.Route} as {role}: {answer.Status} {answer.Body}");
            AssertHeaders(answer);
            if (refusal is not null)
                Assert.Contains(refusal.Message, answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_page_of_another_organization_is_not_found()
    {
        var other = await Host.CreateOrganizationAsync();
        using var client = await SignInAsync(Role.Owner, other.Organization);
        foreach (var page in Pages)
        {
            var answer = await client.GetAsync(PathOf(page, Nowhere));
            Assert.True(answer.Status == 404, $"{page.Route}: {answer.Status}");
            Assert.DoesNotContain(Org.Organization.Name, answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task A_form_from_another_site_is_rejected_even_with_its_token(string header, string value)
    {
        using var client = await SignInAsync(Role.Owner);
        var path = $"{Keys}/new";
        var form = DashboardClient.Form(
            path, (await client.GetAsync(path)).FormOf("CreateApiKey"),
            ("name", "Stolen"), ("mode", "live"), ("scopes", "events:read"));
        form.Headers.Add(header, value);
        Assert.Equal(403, (await client.SendAsync(form)).Status);
        Assert.DoesNotContain("Stolen", (await client.GetAsync(Keys)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/settings/api-terms", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("/api/settings/api-terms", "Origin", "https://evil.example", 403)]
    [InlineData("/api/settings/api-terms", "Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("/api/settings/api-keys/reset-test-data", "Sec-Fetch-Site", "same-site", 403)]
    [InlineData("/graphql", "Sec-Fetch-Site", "cross-site", 403)]
    public async Task The_API_rejects_a_session_from_another_site(
        string path, string header, string value, int status)
    {
        using var client = await SignInAsync(Role.Owner);
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add(header, value);
        request.Headers.Add("GraphQL-Require-Preflight", "1");
        var answer = await client.SendAsync(request);
        Assert.True(answer.Status == status, answer.Body);
    }

    [Fact]
    public async Task A_session_selects_the_mode_of_its_API_calls_with_a_header()
    {
        using var client = await SignInAsync(Role.Admin);
        foreach (var mode in new[] { "live", "test" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=%7Bviewer%7Bmode%7D%7D");
            request.Headers.Add("GraphQL-Require-Preflight", "1");
            request.Headers.Add("Accept", "application/json");
            request.Headers.Add("Equaticket-Mode", mode);
            var answer = await client.SendAsync(request);
            Assert.Contains(mode.ToUpperInvariant(), answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cookies_are_hidden_from_scripts_and_other_sites()
    {
        using var client = new DashboardClient(Host.Address);
        var page = await client.GetAsync("/dashboard/sign-in");
        Assert.Matches("equaticket_form=.*samesite=strict; httponly", page.Headers["Set-Cookie"]);
        var answer = await client.SignInAsync(await AddMemberAsync(Role.Owner), Password);
        var cookie = answer.Headers["Set-Cookie"];
        Assert.Matches("^equaticket_session=[0-9a-f]{64}; .*path=/; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain("secure", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_are_secure_except_on_loopback()
    {
        using var client = new DashboardClient(Host.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/sign-in");
        request.Headers.Host = "tickets.example";
        Assert.Contains("; secure", (await client.SendAsync(request)).Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_does_not_contain_the_session_key()
    {
        using var client = await SignInAsync(Role.Owner);
        var key = client.Cookies.GetCookies(Host.Address)[SessionAuthentication.Cookie]!.Value;
        Assert.Equal([0L], await Host.QuerySqlAsync<long>(
            "SELECT count(*) FROM sessions AS s WHERE s::text LIKE '%' || $1 || '%'", key));
    }

    [Fact]
    public async Task A_page_without_a_database_is_503_with_the_request_id()
    {
        await using var host = await TestHost.StartAsync();
        using var client = new DashboardClient(host.Address);
        client.Cookies.Add(host.Address, new System.Net.Cookie(SessionAuthentication.Cookie, "x"));
        await host.CloseDatabaseAsync();
        var answer = await client.GetAsync("/dashboard");
        Assert.Equal(503, answer.Status);
        Assert.Contains(answer.Headers["X-Request-Id"], answer.Body, StringComparison.Ordinal);
        AssertHeaders(answer);
    }

    [Fact]
    public async Task An_unknown_page_is_404_with_the_dashboards_error_page()
    {
        using var client = await SignInAsync(Role.Owner);
        var answer = await client.GetAsync($"{Live}/nothing");
        Assert.Equal(404, answer.Status);
        Assert.Contains("This page does not exist", answer.Body, StringComparison.Ordinal);
    }

    private static void AssertHeaders(PageAnswer answer)
    {
        Assert.Equal(Policy, answer.Headers["Content-Security-Policy"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("camera=()", answer.Headers["Permissions-Policy"]);
        Assert.False(answer.Headers.ContainsKey("X-Frame-Options"));
        Assert.DoesNotMatch("<script>|<style| style=| on[a-z]+=\"", answer.Body);
    }
}
