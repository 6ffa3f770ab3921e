using Equaticket.Engine.Errors;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Team;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Equaticket.Dashboard.Account;

/// <summary>
/// Creates and verifies passkeys with ASP.NET Core Identity, which keeps the challenge in an encrypted cookie
/// between the two requests.
/// </summary>
public sealed class PasskeySignIn(
    SignInManager<User> manager, UserManager<User> users, PasskeyRegistry registry, IHttpContextAccessor accessor)
{
    /// <summary>The form action that makes the browser ask for a passkey.</summary>
    public const string Options = "PasskeyOptions";

    private HttpContext Http => accessor.HttpContext!;

    public Task<IReadOnlyList<Passkey>> ListAsync(Guid userId) => registry.ListAsync(userId, Http.RequestAborted);

    /// <returns>The creation options for the browser.</returns>
    public async Task<IActionResult> CreationAsync(Guid userId)
    {
        var user = await FindAsync(userId);
        return Json(await manager.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
        {
            Id = $"{user.Id}",
            Name = user.Email,
            DisplayName = user.Email,
        }));
    }

    /// <param name="userId">The user whose passkeys to accept; null for any user who signs in.</param>
    /// <returns>The request options for the browser.</returns>
    public async Task<IActionResult> RequestAsync(Guid? userId) => Json(
        await manager.MakePasskeyRequestOptionsAsync(userId is { } id ? await FindAsync(id) : null));

    /// <exception cref="ApiError">The name or the passkey is invalid.</exception>
    public async Task AddAsync(Guid userId, string name, string credential)
    {
        name = PasskeyRegistry.RequireName(name);
        await RequireChallengeAsync();
        var result = await manager.PerformPasskeyAttestationAsync(credential);
        if (!result.Succeeded || result.UserEntity.Id != $"{userId}")
            throw PasskeyRegistry.Refusal();
        result.Passkey.Name = name;
        await registry.AddAsync(await FindAsync(userId), result.Passkey, Http.RequestAborted);
    }

    /// <returns>The owner of the passkey.</returns>
    /// <exception cref="ApiError">The passkey is invalid.</exception>
    public async Task<User> CheckAsync(string credential)
    {
        await RequireChallengeAsync();
        var result = await manager.PerformPasskeyAssertionAsync(credential);
        if (!result.Succeeded || !(await users.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded)
            throw PasskeyRegistry.Refusal();
        return result.User;
    }

    public async Task RemoveAsync(Guid userId, string id) =>
        await registry.RemoveAsync(await FindAsync(userId), id, Http.RequestAborted);

    private async Task RequireChallengeAsync()
    {
        if (!(await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Succeeded)
            throw PasskeyRegistry.Refusal();
    }

    private async Task<User> FindAsync(Guid userId) =>
        await users.FindByIdAsync($"{userId}") ?? throw ApiError.NotFound("account");

    private static ContentResult Json(string text) => new() { Content = text, ContentType = "application/json" };
}
