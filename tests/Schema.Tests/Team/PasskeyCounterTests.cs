using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Tests.Team;

/// <summary>A passkey whose counter does not grow was copied, or its signature was sent before.</summary>
public sealed class PasskeyCounterTests : ApiTest
{
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(0, 1, true)]
    [InlineData(5, 6, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 0, false)]
    public async Task A_passkey_is_refused_unless_its_counter_grows_or_it_has_none(uint stored, uint given, bool isTaken)
    {
        var user = await Host.Get<UserRegistry>().CreateAsync(
            Org.Organization, $"passkey-{Org.Slug}@example.com", Role.Admin, password: null, CancellationToken.None);
        var passkey = Passkey(user, stored);
        await Host.Get<PasskeyRegistry>().AddAsync(user, passkey, CancellationToken.None);
        passkey.SignCount = given;
        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (isTaken)
            Assert.True((await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded);
        else
            await Assert.ThrowsAsync<ApiError>(() => users.AddOrUpdatePasskeyAsync(user, passkey));
        Assert.Equal(isTaken ? given : stored, (await users.GetPasskeysAsync(user))[0].SignCount);
    }

    private static UserPasskeyInfo Passkey(User owner, uint count) => new(
        owner.Id.ToByteArray(), publicKey: [1], owner.CreatedAt, count, transports: [], isUserVerified: true,
        isBackupEligible: false, isBackedUp: false, attestationObject: [], clientDataJson: [])
    {
        Name = "Key",
    };
}
