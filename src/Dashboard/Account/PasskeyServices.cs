using Equaticket.Dashboard.Frame;
using Equaticket.Http;
using Equaticket.Persistence.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Dashboard.Account;

/// <summary>Registers passkeys and the second sign-in step.</summary>
internal static class PasskeyServices
{
    private const string Required = "required";
    private const string Loopback = "localhost";

    private static readonly TimeSpan ChallengeLifetime = TimeSpan.FromMinutes(5);

    public static void AddFactors(this AuthenticationBuilder authentication)
    {
        authentication.AddCookie(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            options.Cookie = new DashboardCookies("equaticket_passkey");
            options.ExpireTimeSpan = ChallengeLifetime;
            options.SlidingExpiration = false;
        });
        var services = authentication.Services;
        new IdentityBuilder(typeof(User), services).AddSignInManager();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>(Configure);
        services.AddScoped<PasskeySignIn>();
        services.AddScoped<PendingSignIn>();
    }

    /// <remarks>
    /// Never trusts the Host header, except on loopback. Passkeys must be discoverable, since
    /// they sign in without an email address.
    /// </remarks>
    private static void Configure(IdentityPasskeyOptions options, PublicAddress address)
    {
        options.ServerDomain = DomainOf(address.WithoutRequest.Base);
        options.UserVerificationRequirement = Required;
        options.ResidentKeyRequirement = Required;
        options.AuthenticatorTimeout = ChallengeLifetime;
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && context.Origin == address.For(context.HttpContext.Request).Base);
    }

    /// <remarks>Browsers do not accept IP addresses; on loopback, open the dashboard as localhost.</remarks>
    private static string DomainOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && !PublicAddress.IsLoopback(url.Host)
            ? url.Host
            : Loopback;
}
