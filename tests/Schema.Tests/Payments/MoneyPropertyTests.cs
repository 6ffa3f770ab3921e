using CsCheck;
using Equaticket.Testing.Stripe;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>
/// Whatever Stripe returns and sends, in any order and any number of times, the money of every order adds up after
/// every step, no stock is lost, and the final state matches Stripe's. CsCheck prints the seed of a sequence that
/// fails.
/// </summary>
[Trait("Category", "Slow")]
public sealed class MoneyPropertyTests(StripeHost world) : StripeTest(world)
{
    private const int Sequences = 60;

    /// <summary>Sales and their events have the largest weights, because most other actions need them.</summary>
    private static readonly (int, MoneyAction)[] Weights =
        [.. Enum.GetValues<MoneyAction>().Select(action => (action switch
        {
            MoneyAction.CheckOut => 5,
            MoneyAction.Pay or MoneyAction.Hear => 6,
            _ => 2,
        }, action))];

    private static readonly Gen<MoneyStep[]> Steps = Gen
        .Select(Gen.Frequency(Weights), Gen.Int[0, 999])
        .Select((action, choice) => new MoneyStep(action, choice))
        .Array[8, 24];

    [Fact]
    public Task Money_adds_up_after_every_sequence_of_responses_and_events() =>
        Steps.SampleAsync(RunAsync, iter: Sequences, threads: 1);

    private async Task<bool> RunAsync(MoneyStep[] steps)
    {
        await InitializeAsync();
        var sale = await PutOnSaleAsync(total: 5);
        var story = new MoneyStory(World, Org, Admin, sale);
        foreach (var step in steps)
        {
            await story.TakeAsync(step);
            Assert.Empty(await World.BrokenOrdersAsync());
            Assert.Equal(await story.ExpectedStockAsync(), await StockAsync(sale));
        }

        await story.SettleAsync();
        Assert.Empty(await World.BrokenOrdersAsync());
        Assert.Equal(await story.ExpectedStockAsync(), await StockAsync(sale));
        await story.RequireAgreementAsync();
        return true;
    }
}
