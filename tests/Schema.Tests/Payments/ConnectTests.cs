using Equaticket.Persistence.Team;
using Equaticket.Testing.Stripe;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Equaticket.Schema.Tests.Payments;

public sealed class ConnectTests(StripeHost world) : StripeTest(world)
{
    private const string Connect = "mutation { connectStripe { url expiresAt } }";
    private const string Account =
        "{ stripeAccount { accountId chargesEnabled payoutsEnabled detailsSubmitted } }";

    [Fact]
    public async Task Connect_creates_one_account_and_a_new_link_each_time()
    {
        var org = await Host.CreateOrganizationAsync(chargesEnabled: false);
        var admin = await org.SignInAsync(Role.Admin);
        Assert.Null((await admin.GraphQLAsync(Account)).Data()["stripeAccount"]);
        var first = (await admin.GraphQLAsync(Connect)).Data()["connectStripe"]!["url"].Text();
        var second = (await admin.GraphQLAsync(Connect)).Data()["connectStripe"]!["url"].Text();
        Assert.Equal(first, second);
        var shown = (await admin.GraphQLAsync(Account)).Data()["stripeAccount"]!;
        Assert.EndsWith(shown["accountId"].Text(), first, StringComparison.Ordinal);
        Assert.False(shown["chargesEnabled"]!.GetValue<bool>());
        var made = Assert.Single(Stripe.Requests, request => request.Path == "/v1/accounts"
            && request.IdempotencyKey == $"account-{org.Organization.Id}");
        Assert.True(made.Livemode);
        var link = Stripe.Requests.Last(request => request.Path == "/v1/account_links"
            && request.Field("account") == shown["accountId"].Text());
        Assert.EndsWith(
            $"/dashboard/{org.Slug}/live/settings/payments?stripe=return",
            link.Field("return_url"),
            StringComparison.Ordinal);
        Assert.Equal(["stripe.connected"], await Host.QuerySqlAsync<string>(
            "SELECT action FROM audit_log WHERE subject_id = $1", org.Organization.Id));
    }

    [Fact]
    public async Task Connect_after_a_lost_response_gets_the_same_account()
    {
        var org = await Host.CreateOrganizationAsync(chargesEnabled: false);
        var admin = await org.SignInAsync(Role.Admin);
        var before = Stripe.Objects.Accounts.Count;
        Stripe.Fail(StripeFault.DropAfterActing, StripeFault.DropAfterActing);
        Assert.Equal("unavailable", (await admin.GraphQLAsync(Connect)).ErrorCode);
        Assert.Null((await admin.GraphQLAsync(Connect)).ErrorCode);
        Assert.Equal(before + 1, Stripe.Objects.Accounts.Count);
    }

    [Fact]
    public async Task Connect_requires_an_admin_and_the_platforms_keys()
    {
        var manager = await Org.SignInAsync(Role.EventManager);
        Assert.Equal("forbidden", (await manager.GraphQLAsync(Connect)).ErrorCode);
        Assert.Equal("forbidden", (await Org.Live.GraphQLAsync(Connect)).ErrorCode);
        var bare = await (await TestHost.SharedAsync()).CreateOrganizationAsync();
        var admin = await bare.SignInAsync(Role.Admin);
        Assert.Equal("unprocessable", (await admin.GraphQLAsync(Connect)).ErrorCode);
    }

    [Theory]
    [InlineData("Stripe:Live:SecretKey", "sk_test_1")]
    [InlineData("Stripe:Test:SecretKey", "sk_live_1")]
    [InlineData("Stripe:Test:PublishableKey", "pk_live_1")]
    [InlineData("Stripe:Live:WebhookSecret", "secret")]
    [InlineData("Stripe:ApiBase", "http://api.example.com")]
    public Task Invalid_settings_fail_startup(string name, string value) =>
        Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync(
            configure: builder => builder.Configuration.AddInMemoryCollection(
                new Dictionary<string, string?> { [name] = value })));
}
