import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { EventsPage } from './EventsPage';
import { OrdersPage } from './OrdersPage';
import './style.css';

const pages = [
  { path: '/', name: 'Events', Page: EventsPage },
  { path: '/orders', name: 'Orders', Page: OrdersPage },
];
const { name, Page } = pages.find(({ path }) => path === location.pathname) ?? pages[0]!;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <title>{`${name} · Equaticket`}</title>
    <header>
      <nav aria-label="Pages">
        {pages.map((page) => (
          <a key={page.path} href={page.path} aria-current={page.name === name ? 'page' : undefined}>
            {page.name}
          </a>
        ))}
      </nav>
    </header>
    <main>
      <h1>{name}</h1>
      <Page />
    </main>
  </StrictMode>,
);
