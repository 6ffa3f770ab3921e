using Equaticket.Persistence.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.Team;

/// <summary>Registers users, their accounts and sessions.</summary>
internal static class TeamServices
{
    /// <summary>How long links in emails stay valid.</summary>
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(1);

    public static void AddTeam(this IServiceCollection services)
    {
        services.AddSingleton<UserRegistry>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<AccountActs>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<PasskeyRegistry>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<ILookupNormalizer, LowerCase>();
        services.AddIdentityCore<User>(options => options.User.AllowedUserNameCharacters = "")
            .AddUserStore<UserStore>().AddDefaultTokenProviders();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = LinkLifetime);
        services.AddSingleton<DecoyPassword>();
        services.AddScoped<SignIn>();
        services.AddScoped<Accounts>();
    }
}
