// The box in the classic editor: checks as the page opens, and on demand.
( function ( wp, told ) {
	'use strict';

	const h = wp.element.createElement;
	const { useEffect, useState } = wp.element;
	const LOOK = 2000;
	const box = document.getElementById( 'soat-gioi-box' );

	function value( id ) {
		const field = document.getElementById( id );
		return field ? field.value : '';
	}

	function read() {
		const visual = window.tinymce && window.tinymce.get( 'content' );
		return {
			id: Number( box.dataset.post ),
			title: value( 'title' ),
			content: visual && ! visual.isHidden() ? visual.getContent() : value( 'content' ),
			excerpt: value( 'excerpt' ),
		};
	}

	function Box() {
		const check = told.useCheck( read );
		const [ words, set ] = useState( '' );
		useEffect( () => {
			const look = () => set( told.words( read() ) );
			const timer = setInterval( look, LOOK );
			const article = read();
			if ( article.title.trim() || article.content.trim() ) {
				check.run();
			}
			look();
			return () => clearInterval( timer );
		}, [] );
		return h( told.Panel, { check, words } );
	}

	function start() {
		if ( wp.element.createRoot ) {
			wp.element.createRoot( box ).render( h( Box ) );
		} else {
			wp.element.render( h( Box ), box );
		}
	}

	if ( box ) {
		// The visual editor is there only after the page has loaded.
		if ( document.readyState === 'complete' ) {
			start();
		} else {
			window.addEventListener( 'load', start );
		}
	}
}( window.wp, window.soatGioi ) );
