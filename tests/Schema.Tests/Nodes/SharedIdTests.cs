using GraphQL.Types;

namespace Equaticket.Schema.Tests.Nodes;

/// <summary>One id identifies one thing, even if several types show it.</summary>
public sealed class SharedIdTests : ApiTest
{
    /// <remarks>docs/graphql.md keeps such names apart in Relay's store.</remarks>
    [Theory]
    [InlineData("Public", "PublicEvent, PublicTicketType")]
    [InlineData("Deleted", "DeletedTicketType, DeletedWebhook")]
    public void Types_with_the_ids_of_others_are_named_for_them_and_say_so(string prefix, string expected)
    {
        var types = Host.Get<ISchema>().AllTypes.OfType<IObjectGraphType>()
            .Where(type => type.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(type => type.Fields.Find("id") is not null)
            .OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        Assert.Equal(expected, string.Join(", ", types.Select(type => type.Name)));
        Assert.All(
            types,
            type => Assert.Contains("Its id is that of", type.Description, StringComparison.Ordinal));
    }
}
