using System.CommandLine;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Organizations;
using Equaticket.Schema.Team;

namespace Equaticket.Host.Commands;

/// <summary><c>user create</c>.</summary>
internal static class UserCommands
{
    public static Command Create() => new("user", "Create users.") { CreateUser() };

    private static Command CreateUser()
    {
        var org = CommandOptions.Organization();
        var email = CommandOptions.Text("--email", "The email address to sign in with.");
        var role = CommandOptions.OneOf<Role>("--role", "The role of the user.");
        var password = new Option<bool>("--password")
        {
            Description = "Ask for a password of at least 12 characters, or read it from standard input. Without "
                + "one, the user cannot sign in yet.",
        };
        var json = CommandOptions.Json();
        var command = new Command("create", "Create a user with a role in an organization.")
        {
            org, email, role, password, json,
        };
        return command.OnDatabase(async (services, given, token) =>
        {
            var organization = await services.GetRequiredService<OrganizationRegistry>()
                .GetAsync(given.GetRequiredValue(org), token);
            var chosen = WireNames<Role>.Parse(given.GetRequiredValue(role));
            var user = await services.GetRequiredService<UserRegistry>().CreateAsync(
                organization,
                given.GetRequiredValue(email),
                chosen,
                given.GetValue(password) ? CommandInput.ReadNewSecret("password") : null,
                token);
            Print(user, chosen, given.GetValue(json));
        });
    }

    private static void Print(User user, Role chosen, bool asJson)
    {
        var role = WireNames<Role>.Of(chosen);
        var (id, email) = (user.Id, user.Email);
        CommandHost.Print(asJson, new { id, email, role }, $"{email}, role {role}, id {id}");
    }
}
