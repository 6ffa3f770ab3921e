using System.ComponentModel;
using Equaticket.Engine.Access;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Paging;
using Equaticket.Schema.Execution;
using Equaticket.Schema.PublicListing;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    [Public, Paged, OutputType<NonNullGraphType<ConnectionGraphType<PublicEventGraphType, PublicEventRow>>>]
    [Description("List the published events of an organization. Returns live events, including past ones, "
        + "newest first. No key is required.")]
    public static Task<Connection<PublicEventRow>> PublicEvents(
        [Description("The organization's slug. An unknown slug is `not_found`.")] string orgSlug,
        [InputType<PublicEventFilterGraphType>, Description("Only return events that match this filter.")]
        PublicEventFilter? filter,
        [FromPageArguments] PageRequest page,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        PublicEventReader.PageAsync(
            operation, orgSlug, page, filter ?? new PublicEventFilter(), cancellationToken);

    [Public, OutputType<PublicEventGraphType>]
    [Description("Get a published event. No key is required.")]
    public static Task<PublicEventRow> PublicEvent(
        [Description("The organization's slug.")] string orgSlug,
        [Description("The event's slug.")] string slug,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        PublicEventReader.GetAsync(operation, orgSlug, slug, cancellationToken);

    [Public, OutputType<PublicEventGraphType>]
    [Description("Get the event of a public event page: like `publicEvent`, but including cancelled events and test "
        + "events. No key is required.")]
    public static Task<PublicEventRow> EventPage(
        [Description("The organization's slug.")] string orgSlug,
        [Description("The event's slug.")] string slug,
        [Description("False for a test event. Defaults to true.")] bool? livemode,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        PublicEventReader.ShownAsync(operation, orgSlug, slug, livemode ?? true, cancellationToken);
}
