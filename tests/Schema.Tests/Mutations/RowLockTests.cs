using System.Text.RegularExpressions;

namespace Equaticket.Schema.Tests.Mutations;

public sealed class RowLockTests
{
    /// <summary>The files that may wait for row locks, and what they lock.</summary>
    private static readonly string[] Allowed =
    [
        "src/Persistence/ListingTriggers.cs", // The organization, against another slug.
        "src/Schema/Buyers/EndpointAnswers.cs", // Deliveries.
        "src/Schema/Buyers/NamedAttendees.cs", // The items of orders.
        "src/Schema/Execution/RowLocks.cs",
        "src/Schema/Organizations/OrganizationMutations.cs", // The organization, to rename it.
        "src/Schema/TicketTypes/Stock.cs", // Ticket types, in the statement that moves their stock.
        "src/Schema/Webhooks/Sending/DeliveryRecorder.cs", // Deliveries, before their rows in the queue.
        "src/Schema/Webhooks/Sending/EndpointHealth.cs", // Webhooks.
        "src/Schema/Webhooks/WebhookLifecycle.cs", // Deliveries, before their rows in the queue.
        "src/Schema/Webhooks/WebhookReader.cs", // A webhook.
        "src/Schema/Webhooks/WebhookRules.cs", // The organization, before its webhooks.
    ];

    [Fact]
    public void Row_locks_are_in_one_file_and_the_listed_others() =>
        Assert.Equal(
            Allowed,
            Directory.EnumerateFiles(Repository.File("src"), "*.cs", SearchOption.AllDirectories)
                .Where(file => Regex.IsMatch(
                    File.ReadAllText(file), @"FOR (NO KEY |KEY )?(UPDATE|SHARE)\b(?!.*SKIP LOCKED)"))
                .Select(file => Path.GetRelativePath(Repository.Root, file))
                .Order(StringComparer.Ordinal));
}
