// The block editor: a panel before publication, one beside the document, one after publication.
( function ( wp, told ) {
	'use strict';

	const h = wp.element.createElement;
	const { Fragment, useCallback, useEffect } = wp.element;
	const { useSelect, select, dispatch, subscribe } = wp.data;
	// Since WordPress 6.6 the panels are part of wp.editor.
	const places = wp.editor && wp.editor.PluginPrePublishPanel ? wp.editor : wp.editPost;
	const NAME = 'soat-gioi';

	function read() {
		const post = select( 'core/editor' );
		return {
			id: post.getCurrentPostId() || 0,
			title: post.getEditedPostAttribute( 'title' ) || '',
			content: post.getEditedPostContent() || '',
			excerpt: post.getEditedPostAttribute( 'excerpt' ) || '',
		};
	}

	function opened( name ) {
		for ( const store of [ 'core/editor', 'core/edit-post' ] ) {
			const asked = select( store );
			if ( asked && asked[ name ] ) {
				return asked[ name ];
			}
		}
		return () => false;
	}

	function Plugin() {
		const check = told.useCheck( useCallback( read, [] ) );
		const state = useSelect( () => ( {
			words: told.words( read() ),
			publishing: opened( 'isPublishSidebarOpened' )(),
			beside: opened( 'isEditorPanelOpened' )( `${ NAME }/${ NAME }` ),
			kept: select( 'core/editor' ).getCurrentPostAttribute( NAME.replace( '-', '_' ) ),
		} ) );
		useEffect( () => {
			if ( state.publishing || state.beside ) {
				check.run();
			}
		}, [ state.publishing, state.beside ] );
		const panel = h( told.Panel, { check, words: state.words } );
		return h( Fragment, null,
			h( places.PluginPrePublishPanel, { title: 'Soát giới', initialOpen: true, icon: 'none' }, panel ),
			h( places.PluginDocumentSettingPanel, { name: NAME, title: 'Soát giới', icon: 'none' }, panel ),
			state.kept && h( places.PluginPostPublishPanel, { title: 'Soát giới', initialOpen: true, icon: 'none' },
				h( 'div', { className: 'soat-gioi' }, h( 'p', null, h( told.Gate, { result: state.kept } ) ), h( told.Findings, { result: state.kept } ) ) )
		);
	}

	// After a refusal the editor would go on asking to publish, even when people press "save draft".
	let saving = false;
	subscribe( () => {
		const post = select( 'core/editor' );
		const now = post.isSavingPost() && ! post.isAutosavingPost();
		if ( saving && ! now && post.didPostSaveRequestFail() ) {
			const status = post.getCurrentPostAttribute( 'status' );
			if ( status && status !== post.getEditedPostAttribute( 'status' ) ) {
				dispatch( 'core/editor' ).editPost( { status: status === 'auto-draft' ? 'draft' : status }, { undoIgnore: true } );
			}
		}
		saving = now;
	} );

	wp.plugins.registerPlugin( NAME, { render: Plugin } );
}( window.wp, window.soatGioi ) );
