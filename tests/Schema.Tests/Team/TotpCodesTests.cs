using System.Text;
using Equaticket.Schema.Team;

namespace Equaticket.Schema.Tests.Team;

public sealed class TotpCodesTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <remarks>The last six digits of RFC 6238, appendix B.</remarks>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(20_000_000_000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code) =>
        Assert.Equal(code, TotpCodes.Code(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_off_by_one_step(int seconds, bool isAccepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_100);
        var code = TotpCodes.Code(Secret, now.AddSeconds(seconds));
        Assert.Equal(isAccepted, TotpCodes.StepOf(Secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("２８７０８２")]
    public void Only_six_digits_are_a_code(string code) =>
        Assert.Null(TotpCodes.StepOf(Secret, code, DateTimeOffset.FromUnixTimeSeconds(59)));

    [Fact]
    public void A_secret_is_shown_in_base_32() =>
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", TotpCodes.Text(Secret));
}
