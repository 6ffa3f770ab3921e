import { memo } from 'react';
import { ask } from './api';
import { money, time } from './format';
import { OrdersDocument, type OrdersQuery, type OrderStatus } from './generated/graphql';
import { PageEnd, usePages } from './pages';

type Order = OrdersQuery['orders']['nodes'][number];

const statusNames: Record<OrderStatus, string> = {
  CONFIRMED: 'Confirmed',
  EXPIRED: 'Expired',
  FAILED: 'Failed',
  PARTIALLY_REFUNDED: 'Partly refunded',
  PENDING: 'Pending',
  REFUNDED: 'Refunded',
};

async function load(after: string | null, signal: AbortSignal) {
  return (await ask(OrdersDocument, { first: 50, after }, signal)).orders;
}

export function OrdersPage() {
  const pages = usePages(load);
  return (
    <>
      <div className="table" role="region" aria-labelledby="orders" tabIndex={0}>
        <table aria-busy={pages.status === 'loading'}>
          <caption id="orders">Test orders, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Placed</th>
              <th scope="col">Event</th>
              <th scope="col">Buyer</th>
              <th scope="col">Tickets</th>
              <th scope="col">Status</th>
              <th scope="col" className="amount">Total</th>
            </tr>
          </thead>
          <tbody>
            {pages.rows.map((order) => <OrderRow key={order.id} order={order} />)}
          </tbody>
        </table>
      </div>
      <PageEnd name="orders" pages={pages} />
    </>
  );
}

/** Rendered once: rows do not change when more are loaded. */
const OrderRow = memo(function OrderRow({ order }: { order: Order }) {
  const { createdAt, event, lineItems, status } = order;
  return (
    <tr>
      <th scope="row">{order.orderNumber}</th>
      <td><time dateTime={createdAt}>{time(event.timezone, createdAt)}</time></td>
      <td>{event.title}</td>
      <td>
        {order.buyerName ?? 'Removed'}
        {order.buyerEmail && <small>{order.buyerEmail}</small>}
      </td>
      <td>{lineItems.map((item) => `${item.quantity} × ${item.name}`).join(', ')}</td>
      <td><span className={`status ${status.toLowerCase()}`}>{statusNames[status]}</span></td>
      <td className="amount">{money(order.totalAmount, order.currency)}</td>
    </tr>
  );
});
