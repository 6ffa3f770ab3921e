namespace Equaticket.Persistence.Tests.Tenancy;

public sealed class FilterBypassTests
{
    /// <summary>
    /// The files that may bypass the tenant filter. Each one specifies the organization and the mode.
    /// </summary>
    private static readonly string[] Allowed =
    [
        "src/Host/Commands/RequestCommands.cs", // Operators look a request up by its id alone.
        "src/Schema/ApiKeys/ApiKeyDirectory.cs", // Finds the owner of the key in a request.
        "src/Schema/ApiKeys/KeyExpiryNotices.cs", // One job for all organizations.
        "src/Schema/Checkout/BuyerTargets.cs", // A buyer names an event, or holds a token.
        "src/Schema/Checkout/CheckoutQueries.cs", // A buyer holds a token.
        "src/Schema/Emails/AccountEmailTexts.cs", // Emails go out for all organizations.
        "src/Schema/Jobs/Claims.cs", // Jobs work for all organizations.
        "src/Schema/Orders/HoldSweep.cs", // One job for all organizations.
        "src/Schema/Payments/Inbound/StripeAccountSync.cs", // Stripe identifies an account by its id.
        "src/Schema/Payments/Inbound/StripeSubjects.cs", // Stripe identifies a payment by its id.
        "src/Schema/PublicListing/PublicEventReader.cs", // Anonymous: there is no tenant.
        "src/Schema/Team/Invitations.cs", // An invited user holds a token.
        "src/Schema/Team/SessionDirectory.cs", // A user opens any of their organizations.
        "src/Schema/Team/SessionRegistry.cs", // A user opens any of their organizations.
        "src/Schema/TestData/TestDataReset.cs", // A live session resets the other mode.
    ];

    [Fact]
    public void The_tenant_filter_is_bypassed_only_in_the_listed_files() =>
        Assert.Equal(
            Allowed,
            Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file)
                    .Contains("IgnoreQueryFilters", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Repository.Root, file))
                .Order(StringComparer.Ordinal));
}
