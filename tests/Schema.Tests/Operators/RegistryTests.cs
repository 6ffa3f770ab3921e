using Equaticket.Engine.Errors;
using Equaticket.Persistence.ApiKeys;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Team;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Team;

namespace Equaticket.Schema.Tests.Operators;

/// <summary>What the registries behind operator commands refuse.</summary>
public sealed class RegistryTests : ApiTest
{
    private static readonly DateTimeOffset Past = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData("A_B", "Name", ErrorCode.ValidationError, "slug")]
    [InlineData("", "Name", ErrorCode.ValidationError, "slug")]
    [InlineData("-a", "Name", ErrorCode.ValidationError, "slug")]
    [InlineData("fine", " ", ErrorCode.ValidationError, "name")]
    [InlineData(null, "Name", ErrorCode.Conflict, "slug")]
    public async Task An_organization_needs_a_free_slug_and_a_name(
        string? slug, string name, ErrorCode code, string param)
    {
        var error = await Assert.ThrowsAsync<ApiError>(() => Host.Get<OrganizationRegistry>()
            .CreateAsync(slug ?? Org.Slug, name, Plan.Free, acceptTerms: false, default));
        Assert.Equal((code, param), (error.ErrorCode, error.Param));
    }

    [Theory]
    [InlineData("bob", Role.Admin, null, ErrorCode.ValidationError, "email")]
    [InlineData("Bob <bob@example.com>", Role.Admin, null, ErrorCode.ValidationError, "email")]
    [InlineData("bob@example.com", Role.Admin, "too-short-1", ErrorCode.ValidationError, "password")]
    [InlineData("bob@example.com", Role.Admin, "aaaaaaaaaaaaaaaa", ErrorCode.ValidationError, "password")]
    [InlineData("bob@example.com", Role.Owner, null, ErrorCode.Conflict, "role")]
    [InlineData("OWNER@example.com", Role.Admin, null, ErrorCode.Conflict, "email")]
    public async Task A_user_needs_an_email_address_and_an_organization_has_one_owner(
        string email, Role role, string? password, ErrorCode code, string param)
    {
        await CreateUserAsync("owner@example.com", Role.Owner, password: null);
        var error = await Assert.ThrowsAsync<ApiError>(() => CreateUserAsync(email, role, password));
        Assert.Equal((code, param), (error.ErrorCode, error.Param));
    }

    [Fact]
    public async Task A_user_may_belong_to_two_organizations()
    {
        var email = $"both-{Org.Slug}@example.com";
        var first = await CreateUserAsync(email, Role.Admin, "correct-horse");
        var other = await Host.CreateOrganizationAsync();
        var second = await Host.Get<UserRegistry>().CreateAsync(
            other.Organization, email.ToUpperInvariant(), Role.CheckInOnly, password: null, default);
        Assert.Equal((first.Id, email), (second.Id, second.Email));
        Assert.NotNull(second.PasswordHash);
    }

    [Fact]
    public async Task A_key_requires_accepted_terms_a_name_a_scope_and_a_future_expiry()
    {
        var bare = await Host.Get<OrganizationRegistry>().CreateAsync(
            $"bare-{Org.Slug}", "Bare", Plan.Free, acceptTerms: false, default);
        var valid = new NewApiKey("Key", Livemode: true, [Scope.EventsRead], ExpiresAt: null);
        await AssertRefusedAsync(bare, valid, ErrorCode.ApiTermsRequired, param: null);
        var (organization, invalid) = (Org.Organization, ErrorCode.ValidationError);
        await AssertRefusedAsync(organization, valid with { Name = " " }, invalid, "name");
        await AssertRefusedAsync(organization, valid with { Scopes = [] }, invalid, "scopes");
        await AssertRefusedAsync(organization, valid with { ExpiresAt = Past }, invalid, "expiresAt");
    }

    [Fact]
    public async Task Revoking_again_keeps_the_original_time()
    {
        await using var database = Host.Get<TenantContexts>().Lease(Org.Scope(livemode: false));
        var keys = Host.Get<ApiKeyRegistry>();
        var first = await keys.RevokeAsync(database, actor: null, Org.Test.KeyId, default);
        var second = await keys.RevokeAsync(database, actor: null, Org.Test.KeyId, default);
        Assert.Equal(first.RevokedAt, second.RevokedAt);
        await Poll.UntilAsync(
            async () => (await Org.Test.AskAsync("{ viewer { mode } }")).Status == 401);
    }

    private Task<User> CreateUserAsync(string email, Role role, string? password) =>
        Host.Get<UserRegistry>().CreateAsync(Org.Organization, email, role, password, default);

    private async Task AssertRefusedAsync(
        Organization organization, NewApiKey wanted, ErrorCode code, string? param)
    {
        await using var database = Host.Get<TenantContexts>().Lease(
            new TenantScope(organization.Id, wanted.Livemode));
        var error = await Assert.ThrowsAsync<ApiError>(() =>
            Host.Get<ApiKeyRegistry>().CreateAsync(database, actor: null, wanted, default));
        Assert.Equal((code, param), (error.ErrorCode, error.Param));
    }
}
