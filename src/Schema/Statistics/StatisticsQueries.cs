using System.ComponentModel;
using Equaticket.Engine.Cost;
using Equaticket.Engine.Execution;
using Equaticket.Engine.Input;
using Equaticket.Persistence.Team;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Statistics;
using GraphQL;
using GraphQL.Types;

namespace Equaticket.Schema;

public partial class Query
{
    private const int MaxDays = 30;

    [RequiresRole(Role.EventManager), Costs(100)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<DailyTicketsGraphType>>>>]
    [Description("List the daily numbers of tickets sold and checked in. Days are in UTC; the last one is today. "
        + "Counts the data of your mode.")]
    public static Task<IReadOnlyList<DailyTickets>> DailyTickets(
        [InputRange(1, MaxDays), Description("The number of days, including today. Defaults to 30.")] int? days,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        Statistics.DailyTickets.ReadAsync(operation, days ?? MaxDays, cancellationToken);

    [RequiresRole(Role.Admin), Costs(100)]
    [OutputType<NonNullGraphType<ListGraphType<NonNullGraphType<DailyApiRequestsGraphType>>>>]
    [Description("List the daily numbers of API requests. Days are in UTC; the last one is today. Counts the requests "
        + "of your mode. A request is counted within a second of its response.")]
    public static Task<IReadOnlyList<DailyApiRequests>> DailyApiRequests(
        [InputRange(1, MaxDays), Description("The number of days, including today. Defaults to 30.")] int? days,
        [FromOperation] OperationContext operation,
        CancellationToken cancellationToken) =>
        Statistics.DailyApiRequests.ReadAsync(operation, days ?? MaxDays, cancellationToken);
}
