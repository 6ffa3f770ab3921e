using Equaticket.Engine.Input;
using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Testing.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.RestFacade.Tests.Webhooks;

/// <summary>Host names that are not in ASCII.</summary>
public sealed class InternationalHostsTests : ApiTest
{
    private const string Path = "/api/v1/webhooks";

    private static readonly string[] Events = ["order.created"];

    [Theory]
    [InlineData("https://bücher.example/x", "https://xn--bcher-kva.example/x")]
    [InlineData("https://BÜCHER.Example/X", "https://xn--bcher-kva.example/X")]
    [InlineData("HTTPS://bücher.example", "HTTPS://xn--bcher-kva.example")]
    [InlineData("https://bücher.example.:8443?a=%C3%BC", "https://xn--bcher-kva.example.:8443?a=%C3%BC")]
    [InlineData("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/")]
    [InlineData("https://例え。テスト。/", "https://xn--r8jz45g.xn--zckzah./")]
    [InlineData("https://www.例え.テスト/", "https://www.xn--r8jz45g.xn--zckzah/")]
    [InlineData("https://xn--r8jz45g.テスト/", "https://xn--r8jz45g.xn--zckzah/")]
    [InlineData("https://XN--R8JZ45G.テスト/", "https://xn--r8jz45g.xn--zckzah/")]
    [InlineData("https://ｅｘａｍｐｌｅ．ｊｐ/", "https://example.jp/")]
    [InlineData("https://हिन्दी.भारत/", "https://xn--j2bd4cyah0f.xn--h2brj9c/")]
    [InlineData("https://пример.рф/", "https://xn--e1afmkfd.xn--p1ai/")]
    [InlineData("https://한국.한국/", "https://xn--3e0b707e.xn--3e0b707e/")]
    [InlineData("https://straße.example/", "https://xn--strae-oqa.example/")]
    [InlineData("https://EXAMPLE.com./x", "https://EXAMPLE.com./x")]
    public async Task A_host_is_stored_in_its_lookup_form(string given, string kept)
    {
        var created = await CreateAsync(Org.Live, given);
        Assert.Equal(kept, created.AssertStatus(201).Text("url"));
        var changed = await Org.Live.PatchAsync(
            $"{Path}/{created.Id}", new { url = "https://8.8.8.8/" });
        Assert.Equal("https://8.8.8.8/", changed.AssertStatus(200).Text("url"));
        changed = await Org.Live.PatchAsync($"{Path}/{created.Id}", new { url = given });
        Assert.Equal(kept, changed.AssertStatus(200).Text("url"));
    }

    [Fact]
    public async Task A_host_is_checked_by_the_name_that_is_looked_up()
    {
        var names = new ScriptedResolver();
        names.Answers["xn--bcher-kva.example"] = ["10.0.0.7"];
        await using var host = await TestHost.StartAsync(
            configure: builder => builder.Services.AddSingleton<IHostResolver>(names));
        var org = await host.CreateOrganizationAsync();
        (await CreateAsync(org.Live, "https://BÜCHER.example./"))
            .AssertRefused("validation_error", "url", "not reachable from the internet");
        Assert.Equal(["xn--bcher-kva.example"], names.Asked);
    }

    [Fact]
    public async Task A_URL_that_becomes_too_long_is_refused()
    {
        var host = string.Join('.', Enumerable.Repeat(new string('ü', 20), 6)) + ".example";
        var path = new string('x', 2_000 - host.Length - "https:///".Length);
        (await CreateAsync(Org.Live, $"https://{host}/{path}"))
            .AssertRefused("validation_error", "url", "2000");
    }

    private static Task<ApiResponse> CreateAsync(ApiClient client, string url) =>
        client.PostAsync(Path, new { url, events = Events });
}
