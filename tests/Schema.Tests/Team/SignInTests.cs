using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Tests.Team;

public sealed class SignInTests
{
    [Fact]
    public async Task An_address_without_an_account_costs_no_more_than_one_with_an_account()
    {
        var passwords = new CountingHasher();
        await using var host = await TestHost.StartAsync(configure: builder =>
            builder.Services.AddSingleton<IPasswordHasher<User>>(passwords));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await using var scope = host.Services.CreateAsyncScope();
            Assert.Null(await scope.ServiceProvider.GetRequiredService<SignIn>()
                .CheckAsync("nobody@example.com", "not the password", CancellationToken.None));
        }

        Assert.Equal((1, 2), (passwords.Hashed, passwords.Verified));
    }

    private sealed class CountingHasher : PasswordHasher<User>
    {
        public int Hashed { get; private set; }

        public int Verified { get; private set; }

        public override string HashPassword(User user, string password)
        {
            Hashed++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(
            User user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
