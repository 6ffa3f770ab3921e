using GraphQL.Types;

namespace Equaticket.Schema.Tests.Input;

/// <summary>The descriptions of inputs.</summary>
public sealed class InputDescriptionTests : ApiTest
{
    [Fact]
    public void Updates_keep_omitted_fields_and_document_no_defaults()
    {
        var updates = Host.Get<ISchema>().AllTypes.OfType<IInputObjectGraphType>()
            .Where(type => type.Name.StartsWith("Update", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(updates);
        Assert.All(
            updates,
            type => Assert.Contains("left out keeps its value", type.Description, StringComparison.Ordinal));
        Assert.All(
            updates.SelectMany(type => type.Fields),
            field => Assert.DoesNotContain("Defaults to", field.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void A_new_ticket_type_documents_its_defaults()
    {
        var fields = ((IInputObjectGraphType)Host.Get<ISchema>().AllTypes["CreateTicketTypeInput"]!).Fields;
        Assert.All(
            new[] { ("minPerOrder", "1"), ("maxPerOrder", "10"), ("position", "last") },
            told => Assert.EndsWith(
                $" Defaults to {told.Item2}.", fields.Find(told.Item1)!.Description, StringComparison.Ordinal));
    }
}
