using System.Text.Json.Nodes;

namespace Equaticket.Schema.Tests.Payments;

/// <summary>Changes one aspect of a payment event so that it does not match the order.</summary>
internal static class StripeForgery
{
    public static readonly string[] Ways =
        ["account", "livemode", "payment", "amount", "received", "currency"];

    public static void Spoil(JsonObject said, string what)
    {
        var intent = said["data"]!["object"]!.AsObject();
        switch (what)
        {
            case "account":
                said["account"] = "acct_somebodyelse";
                break;
            case "livemode":
                said["livemode"] = !(bool)said["livemode"]!;
                break;
            case "payment":
                intent["id"] = "pi_another";
                intent["metadata"] = new JsonObject();
                break;
            case "amount":
                (intent["amount"], intent["amount_received"]) = (1, 1);
                break;
            case "received":
                intent["amount_received"] = 1;
                break;
            default:
                intent["currency"] = "eur";
                break;
        }
    }
}
