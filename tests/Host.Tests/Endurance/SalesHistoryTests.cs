using Equaticket.Endurance.Judging;

namespace Equaticket.Host.Tests.Endurance;

/// <summary>The endurance run accepts a history only if a single order of its operations explains it.</summary>
public sealed class SalesHistoryTests
{
    [Fact]
    public void A_history_that_one_order_explains_is_linearizable() =>
        Assert.True(SalesHistory.Judge(
            5,
            [
                StockOperation.Sale(1, 9, 3),
                StockOperation.Sale(2, 10, 2),
                // Overlaps both sales, and sees the 2 tickets left between them.
                StockOperation.Refusal(3, 8, 2),
                StockOperation.Refusal(11, 12, 0),
                StockOperation.Refund(13, 14, 3),
                StockOperation.Sale(15, 16, 1),
                StockOperation.Refusal(17, 18, 2),
            ]));

    [Fact]
    public void A_sale_of_more_than_is_left_is_not_linearizable() =>
        Assert.False(SalesHistory.Judge(
            3, [StockOperation.Sale(1, 4, 2), StockOperation.Sale(2, 5, 2)]));

    [Fact]
    public void A_refusal_that_saw_more_than_was_left_is_not_linearizable() =>
        // The sale was acknowledged before the refused request was sent.
        Assert.False(SalesHistory.Judge(
            3, [StockOperation.Sale(1, 2, 2), StockOperation.Refusal(3, 4, 3)]));

    [Fact]
    public void Refunded_tickets_are_not_sold_before_the_refund_is_requested() =>
        Assert.False(SalesHistory.Judge(
            2, [StockOperation.Sale(1, 2, 2), StockOperation.Sale(3, 4, 1), StockOperation.Refund(5, 6, 2)]));

    [Fact]
    public void A_sale_without_a_response_may_have_happened_at_any_time_after_its_start()
    {
        var unanswered = StockOperation.Sale(1, long.MaxValue, 2);
        Assert.True(SalesHistory.Judge(
            2, [unanswered, StockOperation.Refusal(3, 4, 2), StockOperation.Refusal(8, 9, 0)]));
        Assert.False(SalesHistory.Judge(
            2, [unanswered, StockOperation.Refusal(3, 4, 0), StockOperation.Refusal(8, 9, 2)]));
    }

    [Fact]
    public void Choosing_which_of_many_overlapping_sales_comes_first_finds_the_order()
    {
        StockOperation[] sales = [.. Enumerable.Range(0, 40).Select(i => StockOperation.Sale(i, 1000 + i, 1 + i % 4))];
        StockOperation[] refusals = [.. Enumerable.Range(0, 10).Select(i => StockOperation.Refusal(500, 900, 7 + 3 * i))];
        Assert.True(SalesHistory.Judge(100, [.. sales, .. refusals, StockOperation.Refusal(2000, 2001, 0)]));
        Assert.False(SalesHistory.Judge(100, [.. sales, .. refusals, StockOperation.Refusal(2000, 2001, 1)]));
    }
}
