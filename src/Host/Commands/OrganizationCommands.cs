using System.CommandLine;
using Equaticket.Persistence.Organizations;
using Equaticket.Persistence.Spelling;
using Equaticket.Persistence.Tenancy;
using Equaticket.Schema.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Equaticket.Host.Commands;

/// <summary><c>org list | create | accept-terms | set-plan | set-stripe</c>.</summary>
internal static class OrganizationCommands
{
    public static Command Create() => new("org", "List, create, and change organizations.")
    {
        ListOrganizations(),
        CreateOrganization(),
        AcceptTerms(),
        SetPlan(),
        SetStripe(),
    };

    private static Command ListOrganizations()
    {
        var json = CommandOptions.Json();
        var command = new Command("list", "List all organizations, by slug.") { json };
        return command.OnDatabase(async (services, given, token) =>
        {
            await using var database = services.GetRequiredService<TenantContexts>().Lease(null);
            await CommandHost.PrintListAsync(
                given.GetValue(json),
                "organizations",
                database.Organizations.OrderBy(organization => organization.Slug).AsAsyncEnumerable(),
                Json,
                Text,
                token);
        });
    }

    private static Command CreateOrganization()
    {
        var slug = CommandOptions.Text("--slug", "The slug for use in URLs: a-z, 0-9 and hyphens.");
        var name = CommandOptions.Text("--name", "The name of the organization.");
        var plan = CommandOptions.OneOf<Plan>("--plan", "The plan.");
        var terms = new Option<bool>("--accept-terms")
        {
            Description = "Accept the API terms, which are required to create keys.",
        };
        return Command("create", "Create an organization.", [slug, name, plan, terms],
            (registry, given, token) => registry.CreateAsync(
                given.GetRequiredValue(slug),
                given.GetRequiredValue(name),
                WireNames<Plan>.Parse(given.GetRequiredValue(plan)),
                given.GetValue(terms),
                token));
    }

    private static Command AcceptTerms()
    {
        var org = CommandOptions.Organization();
        return Command("accept-terms", "Accept the API terms for an organization.", [org],
            (registry, given, token) =>
                registry.AcceptTermsAsync(given.GetRequiredValue(org), token));
    }

    private static Command SetPlan()
    {
        var org = CommandOptions.Organization();
        var plan = CommandOptions.OneOf<Plan>("--plan", "The new plan.");
        return Command("set-plan", "Change the plan of an organization.", [org, plan],
            (registry, given, token) => registry.SetPlanAsync(
                given.GetRequiredValue(org),
                WireNames<Plan>.Parse(given.GetRequiredValue(plan)),
                token));
    }

    private static Command SetStripe()
    {
        var org = CommandOptions.Organization();
        var charges = new Option<bool>("--charges-enabled")
        {
            Description = "Whether Stripe allows the account to accept payments: true or false.",
            Required = true,
            Arity = ArgumentArity.ExactlyOne,
        };
        var mode = CommandOptions.OneOf<Mode>("--mode", "The mode of the account. Defaults to live.");
        mode.Required = false;
        var account = CommandOptions.Text("--account", "The ID of the Stripe account, acct_…", required: false);
        return Command("set-stripe", "Set the state of the Stripe account.",
            [org, charges, mode, account],
            (registry, given, token) => registry.SetStripeAsync(
                given.GetRequiredValue(org),
                new KnownStripeAccount(
                    given.GetRequiredValue(charges),
                    given.GetValue(mode) is not { } named || WireNames<Mode>.Parse(named) == Mode.Live,
                    given.GetValue(account)),
                token));
    }

    private static Command Command(
        string name,
        string description,
        Option[] options,
        Func<OrganizationRegistry, ParseResult, CancellationToken, Task<Organization>> run)
    {
        var json = CommandOptions.Json();
        var command = new Command(name, description);
        foreach (var option in options.Append(json))
            command.Add(option);
        return command.OnDatabase(async (services, given, token) =>
        {
            var registry = services.GetRequiredService<OrganizationRegistry>();
            Print(await run(registry, given, token), given.GetValue(json));
        });
    }

    private static void Print(Organization organization, bool asJson) =>
        CommandHost.Print(asJson, Json(organization), Text(organization));

    private static object Json(Organization organization) => new
    {
        organization.Id,
        organization.Slug,
        organization.Name,
        Plan = WireNames<Plan>.Of(organization.Plan),
    };

    private static string Text(Organization organization) =>
        $"{organization.Slug} ({organization.Name}), plan {WireNames<Plan>.Of(organization.Plan)}, "
        + $"id {organization.Id}";
}
